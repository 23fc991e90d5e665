package io.corral.integration.fork;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.Subsystem;
import io.corral.integration.harness.ThreadKind;
import io.corral.integration.support.ThreadCounts;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Lets native threads attach from inside a container, and prints how they were counted. */
final class NativeThreadsProgram {

    static final int THREADS = 20;

    private NativeThreadsProgram() {}

    /** Arguments: the class that makes native threads; its library or the folder it is in. */
    public static void main(String[] arguments) throws Exception {
        Consumer<Runnable> nativeThreads = load(arguments[0], arguments[1]);
        Container starter = Containers.at("/native/starter");
        Map<String, Object> seen = new TreeMap<>();
        AtomicInteger toldForks = new AtomicInteger();
        AtomicInteger toldExits = new AtomicInteger();
        Containers.register(new Subsystem() {
            @Override
            public void fork(Thread thread, Container container) {
                toldForks.incrementAndGet();
            }

            @Override
            public void exit(Thread thread, Container container) {
                toldExits.incrementAndGet();
            }
        });
        ThreadCounts before = ThreadCounts.of(Containers.root());
        try (Scope scope = starter.enter()) {
            for (int i = 0; i < THREADS; i++) {
                nativeThreads.accept(() -> attached(seen));
            }
        }
        ThreadCounts after = ThreadCounts.of(Containers.root());
        Thread ended = (Thread) seen.remove("thread");
        seen.put(
                "left",
                Containers.root().threads().stream().filter(ended::equals).count());
        seen.put("rootForks", after.forks() - before.forks());
        seen.put("rootExits", after.exits() - before.exits());
        seen.put("rootMembers", after.members() - before.members());
        seen.put("starter", ThreadCounts.of(starter));
        seen.put("children", ThreadCounts.of(Containers.at("/threads/child")));
        seen.put("toldForks", toldForks);
        seen.put("toldExits", toldExits);
        seen.forEach((key, value) -> System.out.println(key + "=" + value));
    }

    private static void attached(Map<String, Object> seen) {
        Thread self = Thread.currentThread();
        seen.put("thread", self);
        seen.put("current", Containers.current());
        seen.put("of", Containers.of(self));
        seen.put(
                "listed",
                Containers.root().threads().stream().filter(self::equals).count());
        Thread child = new Thread(() -> seen.put("child", Containers.current()), "child-1");
        child.start();
        ThreadKind.join(child);
        Containers.at("/native/entered").run(() -> seen.put("entered", Containers.current()));
    }

    @SuppressWarnings("unchecked")
    private static Consumer<Runnable> load(String name, String from) throws Exception {
        ClassLoader loader = NativeThreadsProgram.class.getClassLoader();
        if (new File(from).isDirectory()) {
            loader = new URLClassLoader(new URL[] {new File(from).toURI().toURL()}, loader);
        } else {
            System.load(from);
        }
        return (Consumer<Runnable>)
                Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
    }
}
