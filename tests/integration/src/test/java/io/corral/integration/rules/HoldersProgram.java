package io.corral.integration.rules;

import io.corral.Containers;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.CpuLoad;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An application that keeps its tenant in a place of its own, and never passes it on. */
final class HoldersProgram {

    private static int initialValues;

    private HoldersProgram() {}

    /** The places that a rules file names. */
    static final class Places {

        static final ThreadLocal<String> PLAIN = new ThreadLocal<>();
        private static final InheritableThreadLocal<Tenant> INHERITED =
                new InheritableThreadLocal<>();
        static final ThreadLocal<String> INITIAL = ThreadLocal.withInitial(() -> {
            initialValues++;
            return "initial";
        });

        /** A {@code ScopedValue} on a JDK that has them. */
        static @Nullable Object scoped;

        private static final CountDownLatch ASKED = new CountDownLatch(1);
        private static final CountDownLatch ANSWER = new CountDownLatch(1);

        static String reentrant() {
            return "of" + Service.reentrant();
        }

        static String blocking() throws InterruptedException {
            ASKED.countDown();
            ANSWER.await();
            return "answered";
        }

        static String costly() {
            CpuLoad.millis(COSTLY_MILLIS);
            return "costly";
        }
    }

    private static final int COSTLY_MILLIS = 200;

    record Tenant(String id) {}

    static final class Service {

        static String plain() {
            return path();
        }

        static String inherited() {
            return path();
        }

        static String initial() {
            return path();
        }

        static String scoped() {
            return path();
        }

        static String reentrant() {
            return path();
        }

        static String blocking() {
            return path();
        }

        static String costly() {
            return path();
        }

        static String absentClass() {
            return path();
        }

        String handle(String tenant) {
            return tenant + " in " + path();
        }

        Mono<String> mono(long before, String tenant) {
            return Mono.fromCallable(() -> before + " " + handle(tenant));
        }

        Callable<String> numbered(String tenant) {
            return () -> tenant + " in " + path();
        }

        /** The rule picks the one of two lambdas that has captured the tenant. */
        String twoLambdas(String tenant, String other) {
            Supplier<String> without = () -> other + " in " + path();
            Supplier<String> with = () -> tenant + " in " + path();
            return without.get() + ", " + with.get();
        }

        Supplier<String> misspelt(String tenant) {
            return () -> tenant + " in " + path();
        }
    }

    static String path() {
        return Containers.current().path();
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "locals" -> locals();
            case "scoped" -> scoped();
            case "lambdas" -> lambdas();
            case "faults" -> faults();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void locals() {
        print("absent", Service.plain() + " " + Service.inherited() + " " + Service.initial());
        Places.PLAIN.set("acme");
        Places.INHERITED.set(new Tenant("globex"));
        print("present", Service.plain() + " " + Service.inherited());
        for (ThreadKind kind : ThreadKind.values()) {
            if (!kind.isSupported()) {
                continue;
            }
            String[] seen = new String[1];
            Thread child = kind.start(() -> {
                seen[0] = Service.plain() + " " + Service.inherited() + " ";
                Places.PLAIN.set("of the child");
                seen[0] += Service.plain();
            });
            ThreadKind.join(child);
            print(kind.name(), String.valueOf(seen[0]));
        }
        Places.PLAIN.set(null);
        print("null", Service.plain());
        Places.PLAIN.remove();
        print("removed", Service.plain());
        print("initialValues", Integer.toString(initialValues));
        Places.INITIAL.get();
        print("initialized", Service.initial());
    }

    private static void scoped() throws Exception {
        Class<?> type = Class.forName("java.lang.ScopedValue");
        Object value = type.getMethod("newInstance").invoke(null);
        Places.scoped = value;
        print("unbound", Service.scoped());
        Object carrier = type.getMethod("where", type, Object.class).invoke(null, value, "acme");
        Runnable inside = () -> print("bound", Service.scoped());
        Class.forName("java.lang.ScopedValue$Carrier")
                .getMethod("run", Runnable.class)
                .invoke(carrier, inside);
    }

    private static void lambdas() throws Exception {
        Service service = new Service();
        print("mono", String.valueOf(service.mono(7, "acme").block()));
        print("numbered", service.numbered("globex").call());
        print("two", service.twoLambdas("acme", "other"));
        print("misspelt", service.misspelt("acme").get());
    }

    private static void faults() throws Exception {
        print("reentrant", Service.reentrant());
        print("absentClass", Service.absentClass() + " " + Service.absentClass());
        String[] seen = new String[1];
        Thread asking = new Thread(() -> seen[0] = Service.blocking());
        asking.start();
        Places.ASKED.await();
        // Others go on, and the rules too.
        print("meanwhile", Service.plain());
        Places.ANSWER.countDown();
        asking.join();
        print("blocking", String.valueOf(seen[0]));
        try (var scope = Containers.at("/caller").enter()) {
            print("costly", Service.costly());
        }
        print("callerMillis", millis("/caller"));
        print("costlyMillis", millis("/costly"));
        System.exit(0);
    }

    private static String millis(String path) {
        return Long.toString(Containers.at(path).usage().cpuNanos() / 1_000_000);
    }

    private static void print(String key, String value) {
        System.out.println(key + "=" + value);
    }
}
