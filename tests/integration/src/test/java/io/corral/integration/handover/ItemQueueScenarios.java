package io.corral.integration.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.MoreExecutors;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.harness.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Executors that run others' tasks from a queue of their own. */
final class ItemQueueScenarios {

    /** The rules file of these scenarios. */
    static final String RULES = String.join(
            "\n",
            SerialExecutor.RULE,
            MailboxRules.RULE,
            "handover task " + OffTask.class.getName() + " -> off");

    private ItemQueueScenarios() {}

    @Scenario
    static void itemsOfGuavasSequentialExecutorAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Executor sequential = MoreExecutors.newSequentialExecutor(pool);
        new ThreeTenants("guava").assertOneToTwoToThree(sequential::execute);
        pool.shutdown();
    }

    @Scenario
    static void itemsOfReactorsTrampolineAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Scheduler.Worker worker = Schedulers.fromExecutor(pool, true).createWorker();
        new ThreeTenants("trampoline").assertOneToTwoToThree(worker::schedule);
        pool.shutdown();
    }

    @Scenario
    static void itemsOfReactorsExecutorWorkerAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        Scheduler.Worker worker = Schedulers.fromExecutor(pool).createWorker();
        new ThreeTenants("reactor").assertOneToTwoToThree(worker::schedule);
        pool.shutdown();
    }

    @Scenario
    static void itemsOfAnExecutorThatARuleNamesAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        SerialExecutor serial = new SerialExecutor(pool);
        new ThreeTenants("serial").assertOneToTwoToThree(serial::execute);
        pool.shutdown();
    }

    @Scenario
    static void itemsBetweenTwoEndsOfARuleAreChargedToTheirSubmitters() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        MailboxRules.Mailbox mailbox = new MailboxRules.Mailbox(pool, new MailboxRules.Actor());
        new ThreeTenants("mailbox")
                .assertOneToTwoToThree(item ->
                        MailboxRules.Mailbox.add(7, new MailboxRules.Message(item), mailbox));
        pool.shutdown();
    }

    @Scenario
    static void objectOfSeveralSubmittersIsChargedInTheirOrder() {
        List<Runnable> waiting = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(waiting::add);
        List<String> ran = new ArrayList<>();
        Runnable item = () -> ran.add(Containers.current().path());
        for (String tenant : new String[] {"/items/x", "/items/y", "/items/x"}) {
            try (Scope scope = Containers.at(tenant).enter()) {
                serial.execute(item);
            }
        }
        serial.execute(item);
        while (!waiting.isEmpty()) {
            waiting.remove(0).run();
        }
        assertThat(ran).containsExactly("/items/x", "/items/y", "/items/x", "/");
    }

    @Scenario
    static void refusedItemLeavesNoRecord() {
        List<String> ran = new ArrayList<>();
        Runnable item = () -> ran.add(Containers.current().path());
        Executor refusing = task -> {
            throw new RejectedExecutionException();
        };
        try (Scope scope = Containers.at("/items/refused").enter()) {
            SerialExecutor serial = new SerialExecutor(refusing);
            assertThatThrownBy(() -> serial.execute(item))
                    .isInstanceOf(RejectedExecutionException.class);
        }
        new SerialExecutor(Runnable::run).execute(item);
        assertThat(ran).containsExactly("/");
    }

    @Scenario
    static void taskOfAClassWithHandOverOffByRuleIsChargedToThePool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1, task -> new Thread(task, "off-1"));
        try (Scope scope = Containers.at("/items/off").enter()) {
            OffTask off = new OffTask();
            pool.execute(off);
            assertThat(off.place.get()).isEqualTo("/pools/off");
            CompletableFuture<String> on = new CompletableFuture<>();
            pool.execute(() -> on.complete(Containers.current().path()));
            assertThat(on.get()).isEqualTo("/items/off");
        }
        pool.shutdown();
    }

    private static final class OffTask implements Runnable {

        private final CompletableFuture<String> place = new CompletableFuture<>();

        @Override
        public void run() {
            place.complete(Containers.current().path());
        }
    }
}
