import com.zaxxer.hikari.HikariDataSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Two tenants that need the same lock, monitor, semaphore, and connection of a pool that has one.
 * Tenant {@code limited} has more requests than its quota allows, and holds the resource while it
 * works. Prints how long requests of tenant {@code free} have waited for each resource, at worst.
 */
public final class Service {

    private static final int LIMITED_RATE = 40;
    private static final int FREE_RATE = 100;

    /** How long a limited request works. */
    private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** So many that a quarter of them is enough for those that wait. */
    private static final int WORKERS = 400;

    private static volatile long sink;

    private Service() {}

    /** The arguments are the kind of threads ({@code platform}, {@code virtual}), and seconds. */
    public static void main(String[] arguments) throws Exception {
        boolean isVirtual = arguments[0].equals("virtual");
        int seconds = Integer.parseInt(arguments[1]);
        calibrate();
        List<Resource> resources = resources();
        ExecutorService limited = executor(isVirtual);
        ExecutorService free = executor(isVirtual);
        Thread clients = new Thread(() -> run(LIMITED_RATE, seconds, limited, resources, true));
        clients.start();
        run(FREE_RATE, seconds, free, resources, false);
        clients.join();
        for (ExecutorService each : List.of(limited, free)) {
            each.shutdown();
            each.awaitTermination(1, TimeUnit.MINUTES);
        }
        for (Resource each : resources) {
            System.out.println(String.format(
                    Locale.ROOT,
                    "resource\t%s\t%d\t%.3f",
                    each.name,
                    each.waits.size(),
                    each.waits.stream().mapToLong(wait -> wait).max().orElseThrow() / 1e6));
        }
    }

    private static ExecutorService executor(boolean isVirtual) throws Exception {
        return isVirtual
                ? (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null)
                : Executors.newFixedThreadPool(WORKERS);
    }

    /** Submits tasks on a fixed schedule, for one resource after the other. */
    private static void run(
            int rate,
            int seconds,
            ExecutorService executor,
            List<Resource> resources,
            boolean isLimited) {
        long began = System.nanoTime();
        for (int i = 0; i < rate * seconds; i++) {
            sleepNanos(began + TimeUnit.SECONDS.toNanos(i) / rate - System.nanoTime());
            Resource resource = resources.get(i % resources.size());
            executor.execute(() -> {
                if (isLimited) {
                    limited(resource);
                } else {
                    free(resource);
                }
            });
        }
    }

    /** What a rule names: the limit acts before the resource is taken. */
    static void limited(Resource resource) {
        resource.use(Service::work);
    }

    /** What another rule names, to show the contrast: the limit acts while it is held. */
    static void work() {
        burn(HELD_NANOS);
    }

    static void free(Resource resource) {
        long began = System.nanoTime();
        resource.use(() -> resource.waited(System.nanoTime() - began));
    }

    private static List<Resource> resources() throws SQLException {
        List<Resource> all = new ArrayList<>();
        ReentrantLock lock = new ReentrantLock();
        all.add(new Resource("lock") {
            @Override
            void use(Runnable work) {
                lock.lock();
                try {
                    work.run();
                } finally {
                    lock.unlock();
                }
            }
        });
        Object monitor = new Object();
        all.add(new Resource("monitor") {
            @Override
            void use(Runnable work) {
                synchronized (monitor) {
                    work.run();
                }
            }
        });
        Semaphore semaphore = new Semaphore(1);
        all.add(new Resource("semaphore") {
            @Override
            void use(Runnable work) {
                semaphore.acquireUninterruptibly();
                try {
                    work.run();
                } finally {
                    semaphore.release();
                }
            }
        });
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:inversion");
        pool.setMaximumPoolSize(1);
        Resource connection = new Resource("connection") {
            @Override
            void use(Runnable work) {
                try (Connection connection = pool.getConnection();
                        PreparedStatement query = connection.prepareStatement("select 1")) {
                    query.executeQuery().close();
                    work.run();
                } catch (SQLException failure) {
                    throw new IllegalStateException(failure);
                }
            }
        };
        // Loads the driver's classes.
        for (int i = 0; i < 200; i++) {
            connection.use(() -> {});
        }
        all.add(connection);
        return all;
    }

    /** What only one thread has at a time. */
    abstract static class Resource {

        final String name;
        final List<Long> waits = new ArrayList<>();

        Resource(String name) {
            this.name = name;
        }

        abstract void use(Runnable work);

        synchronized void waited(long nanos) {
            waits.add(nanos);
        }
    }

    private static void calibrate() {
        for (int i = 0; i < 20; i++) {
            burn(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Uses a CPU for a time. */
    private static void burn(long nanos) {
        long began = System.nanoTime();
        while (System.nanoTime() - began < nanos) {
            long x = sink;
            for (int i = 0; i < 1_000; i++) {
                x = x * 31 + i;
            }
            sink = x;
        }
    }

    private static void sleepNanos(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
