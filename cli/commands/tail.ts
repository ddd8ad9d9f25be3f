import { inspect } from "../../supervisors/inspect/inspection.ts";
import { tail as listen, tailLine, tailSubjects } from "../../supervisors/inspect/tail.ts";
import { type Command, UsageProblem } from "../command.ts";
import { roleConfig } from "../process-role.ts";

export const tail: Command = {
  summary: "listen in: facts and dead letters as they are said",
  help: "A type of fact such as ApplicationSubmitted, the word dead, or a subject such as callboard.event.*.ada; all facts and dead letters if left out. Ends with Ctrl-C.",
  positionals: "[subject]",
  options: {
    count: { type: "string", value: "n", about: "end after n of them" },
    json: { type: "boolean", about: "print each as it is, one JSON object a line" },
  },
  run: async ({ options, positionals: [asked, ...more] }) => {
    if (more.length > 0) throw new UsageProblem("it takes one subject");
    const count = options.count === undefined ? Number.POSITIVE_INFINITY : Number(options.count);
    if (!(count >= 1)) throw new UsageProblem("--count takes a number from 1 on");
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    process.stdout.on("error", () => stop.abort()); // Whoever reads it has gone, e.g. head.
    await inspect(await roleConfig("ops"), ({ nc }) =>
      listen(
        nc,
        tailSubjects(asked),
        (message) =>
          process.stdout.write(`${options.json === true ? message.string() : tailLine(message)}\n`),
        stop.signal,
        count,
      ),
    );
  },
};
