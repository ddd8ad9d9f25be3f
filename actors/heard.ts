/**
 * What a machine hears: a message, and when the owner took it in hand (epoch milliseconds). Time comes in with the event, so
 * a machine never reads a clock; timers and task results carry it too.
 */
export type Heard<M> = M & { readonly at: number };
