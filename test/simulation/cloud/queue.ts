export type QueueSettings = {
  readonly name: string;
  /** ms */
  readonly visibility: number;
  /** ms */
  readonly delay: number;
  /** Where messages go that were received so many times; undefined: they stay. */
  readonly deadLetters: { readonly queue: string; readonly after: number } | undefined;
};

export type QueuedMessage = {
  readonly id: string;
  readonly body: string;
  /** Epoch ms. */
  readonly sentAt: number;
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceivedAt: number | undefined;
  /** The last one given out; older ones are stale. */
  readonly receipt: string | undefined;
};

export type ReceivedMessage = QueuedMessage & { readonly receipt: string };

type Tools = {
  /** Epoch ms. */
  readonly now: () => number;
  readonly newId: (kind: 'message' | 'receipt') => string;
  /** Takes what was received too often. */
  readonly giveUp: (queue: string, message: QueuedMessage) => void;
};

/** One queue: at least once, in no promised order. */
export const memoryQueue = (settings: QueueSettings, { now, newId, giveUp }: Tools) => {
  const { visibility, deadLetters } = settings;
  const messages = new Map<string, QueuedMessage>();
  /** The ids of messages by their last receipts. */
  const held = new Map<string, string>();

  const keep = (message: QueuedMessage): void => void messages.set(message.id, message);
  const isVisible = ({ visibleAt }: QueuedMessage): boolean => visibleAt <= now();
  const holding = (receipt: string): QueuedMessage | undefined => messages.get(held.get(receipt) ?? '');
  const drop = ({ id, receipt = '' }: QueuedMessage): boolean => {
    held.delete(receipt);
    return messages.delete(id);
  };
  const hide = (message: QueuedMessage, until: number): void => keep({ ...message, visibleAt: until });

  const receiveOne = (message: QueuedMessage, visibleFor: number): ReceivedMessage[] => {
    if (deadLetters && message.receives >= deadLetters.after) {
      drop(message);
      giveUp(deadLetters.queue, message);
      return [];
    }
    const received = {
      ...message,
      receives: message.receives + 1,
      firstReceivedAt: message.firstReceivedAt ?? now(),
      visibleAt: now() + visibleFor,
      receipt: newId('receipt'),
    };
    held.delete(message.receipt ?? '');
    held.set(received.receipt, received.id);
    keep(received);
    return [received];
  };

  return {
    settings,
    keep,
    /** @returns the message's id */
    send: (body: string, delay = settings.delay): string => {
      const [id, sentAt] = [newId('message'), now()];
      keep({
        id,
        body,
        sentAt,
        visibleAt: sentAt + delay,
        receives: 0,
        firstReceivedAt: undefined,
        receipt: undefined,
      });
      return id;
    },
    /**
     * Up to `most` visible messages, hidden from now on for `visibleFor` ms.
     * @param pick which of so many comes next: 0 is the oldest
     */
    receive: (
      most: number,
      visibleFor = visibility,
      pick: (visible: number) => number = () => 0,
    ): ReceivedMessage[] => {
      const visible = [...messages.values()].filter(isVisible);
      const received: ReceivedMessage[] = [];
      while (visible.length > 0 && received.length < most) {
        const [next] = visible.splice(pick(visible.length), 1);
        if (next) received.push(...receiveOne(next, visibleFor));
      }
      return received;
    },
    /** Whether the receipt is the message's last one. It stays good after the time-out, until the next is given out. */
    delete: (receipt: string): boolean => {
      const message = holding(receipt);
      return message !== undefined && drop(message);
    },
    /** Whether the receipt is the last one of a message that is hidden. `visibleFor` in ms from now. */
    changeVisibility: (receipt: string, visibleFor: number): boolean => {
      const message = holding(receipt);
      if (!message || isVisible(message)) return false;
      hide(message, now() + visibleFor);
      return true;
    },
    /** Lets a message be seen again at once though somebody holds it, as happens now and then; without an id, all. */
    makeVisible: (id?: string): void => {
      for (const message of messages.values()) {
        if ((id === undefined || id === message.id) && !isVisible(message)) hide(message, now());
      }
    },
    /** Takes everything out that can be seen. */
    drain: (): QueuedMessage[] => {
      const visible = [...messages.values()].filter(isVisible);
      for (const message of visible) drop(message);
      return visible;
    },
    /** All of them, hidden ones too, for whoever checks. */
    messages: (): readonly QueuedMessage[] => [...messages.values()],
    size: (): number => messages.size,
    /** When the next message can be seen, epoch ms; undefined where there is none. Not after now if one can be. */
    nextAt: (): number | undefined => {
      let next: number | undefined;
      for (const { visibleAt } of messages.values()) next = Math.min(next ?? visibleAt, visibleAt);
      return next;
    },
  };
};
export type Queue = ReturnType<typeof memoryQueue>;
