package io.corral.examples;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Usage;

import java.util.List;
import java.util.Locale;

/** Works in a container and reads its usage. A thread that the work starts counts, too. */
public final class Tenants {

    private Tenants() {}

    public static void main(String[] arguments) {
        System.out.println(Containers.isActive() ? "The agent counts." : "There is no agent.");
        for (String tenant : List.of("acme", "globex")) {
            Containers.at("/tenants/" + tenant).run(() -> serve(tenant.length() * 5_000_000L));
        }
        for (Container tenant : Containers.at("/tenants").children()) {
            System.out.println(tenant.path() + ": " + describe(tenant.usage()));
        }
    }

    private static void serve(long rounds) {
        Thread thread = new Thread(() -> work(rounds), "half of the work");
        thread.start();
        work(rounds);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void work(long rounds) {
        long hash = 1;
        for (long i = 0; i < rounds; i++) {
            hash = hash * 31 + i;
        }
        if (hash == 0) {
            throw new IllegalStateException("unreachable, but the JIT compiler does not know that");
        }
    }

    private static String describe(Usage usage) {
        return (Usage.isKnown(usage.cpuNanos())
                        ? String.format(Locale.ROOT, "%.1f ms of CPU", usage.cpuNanos() / 1e6)
                        : "CPU unknown")
                + ", threads started: "
                + (Usage.isKnown(usage.forks()) ? usage.forks() : "unknown");
    }
}
