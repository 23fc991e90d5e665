package io.corral.integration.rules;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An application whose methods a rules file names. Each method returns the container in which it
 * runs.
 */
final class EntryRulesProgram {

    private static final Orders ORDERS = new Orders();

    private EntryRulesProgram() {}

    record Tenant(String id) {}

    /** @param tenant null for none */
    record Order(@Nullable Tenant tenant) {}

    interface Handler {
        String handle(Order order, int times);

        default String inherited() {
            return currentPath();
        }
    }

    static final class Orders implements Handler {

        private static boolean isAgain;

        @Override
        public String handle(Order order, int times) {
            return currentPath();
        }

        static String byName(@Nullable String name) {
            if ("outer".equals(name)) {
                return byName("inner") + " then " + currentPath();
            }
            if ("again".equals(name) && !isAgain) {
                isAgain = true;
                return byName("again") + " then " + currentPath();
            }
            if ("missing".equals(name)) {
                throw new IllegalStateException("no such order");
            }
            return "parent".equals(name) ? onThread() : currentPath();
        }

        String find(int number) {
            return currentPath();
        }

        String find(String name) {
            return currentPath();
        }

        String mapped(Map<String, String> order) {
            return currentPath();
        }

        String getName() {
            return seen(currentPath());
        }

        String getStarter() {
            Thread child = new Thread(() -> {}, "child");
            child.start();
            ThreadKind.join(child);
            return "starter";
        }

        private String seen = "";

        private String seen(String here) {
            seen = here;
            return "shop";
        }

        /**
         * The compiler makes the lambda a method of this class, with the captured text as its
         * argument.
         */
        Supplier<String> lambda(String text) {
            return () -> text.isEmpty() ? "" : currentPath();
        }

        String failing() {
            throw new IllegalStateException("broken");
        }
    }

    /** Handlers that are lambdas. */
    static final class Routes {

        private final String name = "routes";

        Function<String, String> plain() {
            return value -> currentPath();
        }

        Function<String, String> capturing(long number, String text) {
            return value -> number > 0 && text.isEmpty() ? name : currentPath();
        }

        Supplier<Function<String, String>> nested(String text) {
            return () -> value -> text.isEmpty() ? "" : currentPath();
        }

        /** With two lambdas, of which the rule's parameters pick one. */
        String typed(Function<Integer, String> unused) {
            Function<String, String> ofText = value -> currentPath();
            Function<Integer, String> ofNumber = value -> currentPath();
            return ofText.apply("a") + " and " + ofNumber.apply(1);
        }

        Flow.Publisher<String> assembled() {
            return subscriber -> subscriber.onComplete();
        }
    }

    private static void lambdas() {
        Routes routes = new Routes();
        print("plain", routes.plain().apply("one"));
        print("capturing", routes.capturing(1, "x").apply("two"));
        print("nested", routes.nested("x").get().apply("three"));
        print("typed", routes.typed(number -> ""));
        routes.assembled();
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "lambdas" -> lambdas();
            case "places" -> places();
            case "unfit" -> unfit();
            case "many" -> many();
            case "getter" -> {
                ORDERS.getName();
                print("getter", ORDERS.seen);
            }
            case "starts" -> starts();
            case "isolated" -> isolated();
            case "reload" -> reload(Path.of(arguments[1]), arguments[2]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void places() {
        print("record", ORDERS.handle(new Order(new Tenant("acme")), 1));
        print("static", Orders.byName("globex"));
        print("overloaded", ORDERS.find(7) + " " + ORDERS.find("seven"));
        print("map", ORDERS.mapped(Map.of("tenant", "initech")));
        print("nested", Orders.byName("outer"));
        print("again", Orders.byName("again"));
        print("started", Orders.byName("parent"));
        try {
            Orders.byName("missing");
        } catch (IllegalStateException thrown) {
            print("thrown", thrown.getMessage() + ", after " + currentPath());
        }
        print("default", ORDERS.inherited());
        print("lambda", ORDERS.lambda("no tenant").get());
        print("after", currentPath());
    }

    private static void starts() {
        AtomicInteger callbacks = new AtomicInteger();
        Containers.register(new Subsystem() {
            @Override
            public void fork(Thread thread, Container container) {
                if (thread.getName().equals("child")) {
                    callbacks.incrementAndGet();
                }
            }

            @Override
            public void exit(Thread thread, Container container) {
                if (thread.getName().equals("child")) {
                    callbacks.addAndGet(10);
                }
            }
        });
        print("started", ORDERS.find(1));
        print("callbacks", Integer.toString(callbacks.get()));
    }

    private static void unfit() {
        print("null", Orders.byName(null));
        print("dots", Orders.byName(".."));
        print("control", Orders.byName("a\nb"));
        print("slash", Orders.byName("../../jvm"));
        print("long", Orders.byName("x".repeat(10_000)));
        print("nullProperty", ORDERS.handle(new Order(null), 1));
        print("throws", ORDERS.mapped(Map.of()));
        print("missing", ORDERS.find(1));
    }

    private static void many() {
        String last = "";
        for (int i = 0; i < 10_000; i++) {
            last = Orders.byName("name-" + i);
        }
        print("children", Integer.toString(Containers.at("/names").children().size()));
        print("last", last);
    }

    /** Runs in a loader that finds only the JDK's classes and its own. */
    static final class Isolated implements Runnable {

        private final Runnable inside;

        Isolated(Runnable inside) {
            this.inside = inside;
        }

        @Override
        public void run() {
            inside.run();
        }
    }

    private static final class IsolatedLoader extends ClassLoader {

        IsolatedLoader() {
            super("isolated", null);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.corral.runtime") || name.equals("io.corral.Containers")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream in = EntryRulesProgram.class.getResourceAsStream(
                    "/" + name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] classFile = in.readAllBytes();
                return defineClass(name, classFile, 0, classFile.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }

    private static void isolated() throws ReflectiveOperationException {
        String[] seen = new String[1];
        Runnable inside = () -> seen[0] = currentPath();
        var constructor = new IsolatedLoader()
                .loadClass(Isolated.class.getName())
                .getDeclaredConstructor(Runnable.class);
        constructor.setAccessible(true);
        ((Runnable) constructor.newInstance(inside)).run();
        print("isolated", String.valueOf(seen[0]));
    }

    private static void reload(Path rules, String program) throws Exception {
        print("first", twice());
        Files.writeString(rules, "enter " + program + "$Orders#find(int) -> /second/{0}\n");
        awaitOther(() -> ORDERS.find(1), "/ /");
        print("second", twice());
        Files.writeString(rules, "# nothing\n");
        awaitOther(() -> ORDERS.find(1), "/second/1 /");
        print("none", twice());
    }

    private static String twice() {
        return Orders.byName("a") + " and " + ORDERS.find(2);
    }

    private static void awaitOther(Supplier<String> where, String before)
            throws InterruptedException {
        for (int i = 0; i < 600 && where.get().equals(before); i++) {
            Thread.sleep(50);
        }
    }

    private static String onThread() {
        String[] seen = new String[1];
        Thread thread = new Thread(() -> seen[0] = currentPath());
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return String.valueOf(seen[0]);
    }

    static String currentPath() {
        return Containers.current().path() + " "
                + Containers.hierarchy("endpoint").current().path();
    }

    private static void print(String key, String value) {
        System.out.println(key + "=" + value);
    }
}
