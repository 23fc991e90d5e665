package io.corral.benchmarks.micro;

import com.sun.management.ThreadMXBean;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.benchmarks.Expectation;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code enter} and {@code close} take where caches are cold. Beside them a reading of the CPU clock by the JDK's bean, and
 * nothing at all, under the same conditions. A scope's time is of both its ends.
 */
public final class ColdScopes {

    private final ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Container container = Containers.at("/bench/cold");
    private final ColdCaches caches = new ColdCaches();

    private ColdScopes() {}

    public static void main(String[] arguments) throws IOException {
        Expectation.check();
        ColdScopes scopes = new ColdScopes();
        Map<String, ColdCaches.Timed> timed = new LinkedHashMap<>();
        timed.put("nothing", scopes::nothing);
        timed.put("reading", scopes::reading);
        timed.put("scope", scopes::scope);
        scopes.caches.printMedians(timed);
    }

    private long nothing() {
        caches.empty();
        long began = System.nanoTime();
        long ended = System.nanoTime();
        return ended - began;
    }

    private long reading() {
        caches.empty();
        long began = System.nanoTime();
        long read = bean.getCurrentThreadCpuTime();
        long ended = System.nanoTime();
        caches.use(read);
        return ended - began;
    }

    private long scope() {
        caches.empty();
        long began = System.nanoTime();
        Scope scope = container.enter();
        long entered = System.nanoTime() - began;
        caches.empty();
        began = System.nanoTime();
        scope.close();
        return entered + System.nanoTime() - began;
    }
}
