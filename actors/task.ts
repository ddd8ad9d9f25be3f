/**
 * A task: work outside of the machine (a portal, a browser, a model) that a machine asks for with `invoke`. The machine
 * knows only its name, input and output; the node that hosts the kind brings the implementation.
 */
import { fromPromise } from "xstate";

/**
 * The actor logic to name in `setup({ actors })`. It never runs here: the runtime stores the invocation with the turn,
 * carries it out afterwards and answers with `onDone` or `onError`. It may run again after a crash, so that its effect must
 * be harmless twice or guarded by an intent of its own.
 */
export const task = <Output, Input>() =>
  fromPromise<Output, Input>(() =>
    Promise.reject(new Error("A task runs only in the runtime: host this actor there, or provide an actor.")),
  );
