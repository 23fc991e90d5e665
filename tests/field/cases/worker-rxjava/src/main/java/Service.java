import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Workers of RxJava run tasks in order: two that differ in the class of their tasks. */
public final class Service {

    public static void main(String[] arguments) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        for (boolean interruptible : new boolean[] {false, true}) {
            Scheduler.Worker worker = Schedulers.from(pool, interruptible).createWorker();
            Items.runOn(worker::schedule);
        }
        pool.shutdown();
    }
}
