/** An actor in memory: its last stored state, the inputs that wait, and the task markers that it holds. */
import type { Delivery, MailDelivery } from "./delivery.ts";
import type { HostedKind } from "./hosted-kind.ts";
import type { Partition } from "./partition.ts";
import type { ActorState } from "./turn.ts";

/** More than this from one inbox in one turn makes its batch wait too long. */
export const mostInputsPerTurn = 256;

export class ResidentActor {
  readonly address: string;
  /** Plain, as it was before it became a token. */
  readonly id: string;
  readonly kind: HostedKind;
  readonly partition: number;
  /** `<kind>/<p>` */
  readonly partitionName: string;
  /** Which opening of the partition this belongs to; a turn of an earlier one is void. */
  readonly generation: number;
  /** Null until it has been read from the stream. */
  state: ActorState | null = null;
  inbox: Delivery[] = [];
  /** A turn of it is on its way to the stream. */
  inFlight = false;
  /** It has failed and is not tried again yet. */
  waits = false;
  lastUsed = Date.now();
  /** Its size was complained about. */
  warned = false;
  /** Unacknowledged markers of open tasks, by task id. */
  readonly markers = new Map<string, MailDelivery>();

  constructor(address: string, id: string, partition: Partition) {
    this.address = address;
    this.id = id;
    this.kind = partition.kind;
    this.partition = partition.p;
    this.partitionName = partition.name.text;
    this.generation = partition.generation;
  }

  get isReady() {
    return this.state !== null && !this.inFlight && !this.waits && this.inbox.length > 0;
  }

  /** Nothing waits for it in memory, so that it may be forgotten: its timers are in the stream. */
  get isIdle() {
    return this.inbox.length === 0 && !this.inFlight && !this.waits && this.markers.size === 0;
  }
}
