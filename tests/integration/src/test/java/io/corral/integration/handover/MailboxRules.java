package io.corral.integration.handover;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A mailbox whose items are no tasks, named by a rule of two ends. */
final class MailboxRules {

    static final String RULE = "handover " + Mailbox.class.getName() + "#add({1}) run "
            + Actor.class.getName() + "#receive({0})";

    private MailboxRules() {}

    record Message(Runnable work) {}

    static final class Mailbox implements Runnable {

        private final ConcurrentLinkedQueue<Message> messages = new ConcurrentLinkedQueue<>();
        private final AtomicInteger waiting = new AtomicInteger();
        private final Executor executor;
        private final Actor actor;

        Mailbox(Executor executor, Actor actor) {
            this.executor = executor;
            this.actor = actor;
        }

        /** Static, and with a long before the item, whose local is then not the argument's. */
        static long add(long number, Message message, Mailbox to) {
            to.messages.add(message);
            if (to.waiting.getAndIncrement() == 0) {
                to.executor.execute(to);
            }
            return number;
        }

        @Override
        public void run() {
            do {
                actor.receive(messages.remove());
            } while (waiting.decrementAndGet() > 0);
        }
    }

    static final class Actor {

        double receive(Message message) {
            message.work().run();
            return 1;
        }
    }
}
