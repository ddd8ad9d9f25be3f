import { disableAccount, giveAccount } from "../../edge/accounts.ts";
import { Role } from "../../protocols/api/http.ts";
import { migrate, openPostgres } from "../../supervisors/storage/postgres/open-postgres.ts";
import { type Command, UsageProblem } from "../command.ts";
import { roleConfig } from "../process-role.ts";

const asRole = (text: unknown): Role => {
  const role = Role.literals.find((one) => one === text);
  if (role === undefined) throw new UsageProblem(`--role takes ${Role.literals.join(", ")}`);
  return role;
};

export const account: Command = {
  summary: "give a person an account, a new password, or take the account away",
  help: "Prints the password, which is kept nowhere. Sessions that the person had end. Talks to the database of CALLBOARD_POSTGRES_URL.",
  positionals: "<e-mail>",
  options: {
    role: { type: "string", value: "employee|manager|ops", about: "what the person may do" },
    name: { type: "string", value: "name", about: "as others see it (default: the e-mail before the @)" },
    disable: { type: "boolean", about: "sign in no more; what the person did stays" },
  },
  run: async ({ options, positionals: [email, ...more] }) => {
    if (email === undefined || more.length > 0 || !/^[^@\s]{1,64}@[^@\s]{1,190}$/.test(email))
      throw new UsageProblem("it takes one e-mail address");
    const role = options.disable === true ? null : asRole(options.role);
    const { postgresUrl } = await roleConfig("edge");
    if (postgresUrl === undefined)
      throw new Error("CALLBOARD_POSTGRES_URL is not set: accounts are kept there.");
    const sql = openPostgres(postgresUrl, 1);
    try {
      await migrate(sql);
      if (role === null) {
        if (!(await disableAccount(sql, email))) throw new Error(`There is no account of ${email}.`);
        process.stdout.write(`${email} can sign in no more.\n`);
        return;
      }
      const name = typeof options.name === "string" ? options.name : email.slice(0, email.indexOf("@"));
      const password = await giveAccount(sql, { email, name, role });
      process.stdout.write(`${role} ${email}, password ${password}\n`);
    } finally {
      await sql.end({ timeout: 2 });
    }
  },
};
