/** The routes of accounts: signing in and out, one's own password and sessions, and what managers do with accounts. */

import { addressOf } from "../protocols/address.ts";
import type { accountRoutes } from "../protocols/api/accounts.ts";
import type { Me } from "../protocols/api/route.ts";
import {
  accountByEmail,
  changeAccount,
  createAccount,
  giveOneTimePassword,
  listAccounts,
  setOwnPassword,
} from "./accounts.ts";
import { commandActor } from "./command.ts";
import type { EdgeContext } from "./context.ts";
import type { Handlers } from "./handlers.ts";
import { passwordFits, requireGoodPassword } from "./password.ts";
import { notFound, Refusal } from "./problem.ts";

const done = { ok: true } as const;

/** Manager to manager: nobody decides about their own account. */
const notOneself = (me: Me, account: string) => {
  if (me.id === account)
    throw new Refusal(409, "Yourself", "This is your own account: another manager has to do that.");
};

export const accountHandlers = (context: EdgeContext): Pick<Handlers, keyof typeof accountRoutes> => {
  const { sql, sessions, throttle, people, link, audit, log } = context;

  /** An employee who can work no more gives back what they hold, without a strike, and is offered nothing else. */
  const letGo = async (employee: string) => {
    try {
      // First: what is given back makes room for another.
      await people.signOut(employee);
      const { offers } = await people.standing(employee);
      const given = await Promise.allSettled(
        offers.map(({ application, assignment }) =>
          commandActor(link, addressOf("application", application), {
            type: "ReturnReview",
            employee,
            assignment,
          } as { type: string }),
        ),
      );
      // It may have ended meanwhile, and the others go back all the same.
      for (const one of given)
        if (one.status === "rejected") log(`a review of ${employee} could not be given back: ${one.reason}`);
    } catch (error) {
      // Their sockets are closed: what can't be said now follows from their absence.
      log(`${employee} could not be signed out with the end of their account: ${error}`);
    }
  };

  return {
    login: async ({ body: { email, password }, address, agent, session, setHeader }) => {
      await throttle.begins(email, address);
      const account = await accountByEmail(sql, email);
      if (!(await passwordFits(account?.passwordHash ?? null, password)) || account === null)
        throw new Refusal(401, "WrongCredentials", "E-mail or password is wrong.");
      await throttle.succeeded(email, address);
      // A new one each time: what somebody may have planted in this browser before is worth nothing after.
      if (session !== null) await sessions.end(session.me.id, { only: session.key });
      const { me } = account;
      setHeader("set-cookie", sessions.cookie(await sessions.begin(me, { address, agent })));
      const complete = await audit.begin({ by: me, action: "login", params: {}, body: {}, address });
      await complete(200);
      return me;
    },
    logout: async ({ session, setHeader }) => {
      setHeader("set-cookie", sessions.cookie(null));
      if (session !== null) await sessions.end(session.me.id, { only: session.key });
      return done;
    },
    me: async ({ me }) => me,
    changePassword: async ({ me, body: { current, next }, address, agent, setHeader }) => {
      await throttle.begins(me.email, address);
      const account = await accountByEmail(sql, me.email);
      if (!(await passwordFits(account?.passwordHash ?? null, current)))
        throw new Refusal(403, "WrongCredentials", "Your current password is another one.");
      await throttle.succeeded(me.email, address);
      if (next === current)
        throw new Refusal(422, "WeakPassword", "The new password is the same as the current one.");
      requireGoodPassword(next, me);
      await setOwnPassword(sql, me.id, next);
      await sessions.end(me.id);
      const { passwordOnce: _, ...renewed } = me;
      setHeader("set-cookie", sessions.cookie(await sessions.begin(renewed, { address, agent })));
      return renewed;
    },
    sessions: async ({ me, session }) => ({
      items: (await sessions.list(me.id)).map((row) => ({ ...row, current: row.session === session?.key })),
    }),
    endSession: async ({ me, params }) => {
      if ((await sessions.end(me.id, { only: params.session })) === 0) throw notFound("such session");
      return done;
    },
    endOtherSessions: async ({ me, session }) => {
      await sessions.end(me.id, session === null ? {} : { except: session.key });
      return done;
    },
    accounts: async () => ({ items: await listAccounts(sql) }),
    createAccount: async ({ body }) => ({ ok: true, ...(await createAccount(sql, body)) }),
    givePassword: async ({ me, params: { account } }) => {
      notOneself(me, account);
      const given = await giveOneTimePassword(sql, account);
      await sessions.end(account);
      return { ok: true, ...given };
    },
    changeRole: async ({ me, params: { account }, body: { role } }) => {
      notOneself(me, account);
      const before = await changeAccount(sql, account, { role });
      if (before.role === role) return done;
      await sessions.end(account);
      if (before.role === "employee") await letGo(account);
      return done;
    },
    accountAction: async ({ me, params: { account, action } }) => {
      notOneself(me, account);
      if (action === "disable") {
        const before = await changeAccount(sql, account, { disabled: true });
        await sessions.end(account);
        if (before.role === "employee" && !before.disabled) await letGo(account);
      } else if (action === "enable") await changeAccount(sql, account, { disabled: false });
      else {
        const { email } = await changeAccount(sql, account, {});
        if (action === "unlock") await throttle.unlock(email);
        else await sessions.end(account);
      }
      return done;
    },
    audit: ({ query }) => audit.page(query),
  };
};
