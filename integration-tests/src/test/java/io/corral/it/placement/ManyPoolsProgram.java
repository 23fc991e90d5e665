package io.corral.it.placement;

import io.corral.Container;
import io.corral.Containers;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Makes a pool for each job, and gives it a name with the job's id in it. */
final class ManyPoolsProgram {

    static final int POOLS = 400;

    private ManyPoolsProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < POOLS; i++) {
            String name = "job-" + i + "-of-many";
            ExecutorService pool =
                    Executors.newSingleThreadExecutor(task -> new Thread(task, name));
            pool.submit(() -> {}).get();
            pool.shutdown();
        }
        Container pools = Containers.at("/pools");
        System.out.println("pools=" + pools.children().size());
        System.out.println("other=" + pools.at("other").usage().forks());
    }
}
