/** A manager's hand on a review: what each command does while it waits, is in somebody's hands, or is escalated. Each is recorded. */
import type { ApplicationMessage } from "../../protocols/application.ts";
import { rejected } from "../../protocols/rejection.ts";
import { beginAssignment } from "./assigning.ts";
import { type ApplicationContext, priorities } from "./context.ts";
import { application } from "./setup.ts";

type Command<T extends ApplicationMessage["type"]> = Extract<ApplicationMessage, { type: T }>;

/** Into the queue's front. @param exclude who is not to get it again at once, out of the one whose assignment has just ended */
export const toFront = (exclude: (ended: string | null) => string | null) =>
  ({
    type: "requestReview",
    params: ({ context }: { context: { ended: { employee: string } | null } }) => ({
      atFront: true,
      exclude: exclude(context.ended?.employee ?? null),
    }),
  }) as const;

const backIntoQueue = { type: "requestReview", params: { atFront: false, exclude: null } } as const;

const giveTo = {
  target: "reviewing",
  reenter: true,
  actions: [
    beginAssignment,
    {
      type: "managed",
      params: ({ event }: { event: Command<"GiveTo"> }) => ({
        action: "give-to" as const,
        detail: event.employee,
      }),
    },
    application.enqueueActions(({ context, event, enqueue }) => {
      if (event.type !== "GiveTo") return;
      // What lies in the queue under the old number is refused when it is taken out.
      enqueue.assign({ request: context.request + 1 });
    }),
    "tellGiven",
    "offerReview",
  ],
} as const;

const drop = {
  target: "rejected",
  actions: [
    { type: "managed", params: { action: "drop" as const } },
    application.enqueueActions(({ context, event, enqueue }) => {
      if (event.type === "DropReview")
        enqueue.emit({
          type: "ApplicationRejected",
          application: context.id,
          by: event.by,
          reason: event.reason,
        });
    }),
  ],
} as const;

const setPriority = {
  actions: [
    application.assign(({ event }) =>
      event.type === "SetPriority" ? { priority: Math.max(priorities.front, event.priority) } : {},
    ),
    {
      type: "managed",
      params: ({ event }: { event: Command<"SetPriority"> }) => ({
        action: "set-priority" as const,
        detail: String(event.priority),
      }),
    },
  ],
} as const;

const ended = (reason: (by: string) => string) =>
  ({
    type: "endReview",
    params: ({ event }: { event: { by: string; reason: string } }) => ({
      outcome: "taken-back" as const,
      strike: false,
      reason: `${reason(event.by)} ${event.reason}`,
    }),
  }) as const;

/** To a command that the state does not hear: the manager has looked at an older list. */
export const nothingToManage = {
  type: "answer",
  params: ({
    context: { employee },
    event,
  }: {
    context: Pick<ApplicationContext, "employee">;
    event: { type: string };
  }) =>
    rejected(
      "NothingToDecide",
      employee !== null
        ? "Somebody has this review now: take it back first."
        : event.type === "TakeBack" || event.type === "GiveTime"
          ? "Nobody has this review any more. Look how it stands now."
          : "This review is not waiting any more: it was decided, or its job is closed.",
    ),
} as const;

export const handsOf = {
  waiting: {
    GiveTo: giveTo,
    DropReview: drop,
    // Its place in the queue goes by the newest request; the old one is refused when it is taken out.
    SetPriority: { actions: [...setPriority.actions, backIntoQueue] },
    Requeue: { actions: [{ type: "managed", params: { action: "requeue" as const } }, backIntoQueue] },
  },
  reviewing: (extended: ReturnType<typeof application.enqueueActions>) =>
    ({
      TakeBack: {
        target: "waiting",
        actions: [
          { type: "managed", params: { action: "take-back" as const } },
          ended(() => "A manager took it back, without a strike:"),
          toFront((who) => who),
        ],
      },
      GiveTime: {
        target: "reviewing",
        reenter: true,
        actions: [
          extended,
          {
            type: "managed",
            params: ({ event }: { event: Command<"GiveTime"> }) => ({
              action: "give-time" as const,
              detail: `${Math.round(event.ms / 1_000)} s`,
            }),
          },
        ],
      },
      GiveTo: {
        ...giveTo,
        actions: [ended(() => "A manager gave it to somebody else, without a strike:"), ...giveTo.actions],
      },
      DropReview: {
        ...drop,
        actions: [ended(() => "A manager has dropped it:"), ...drop.actions],
      },
      SetPriority: setPriority,
    }) as const,
} as const;
