package io.corral.benchmarks.tasks;

import com.alibaba.ttl.TransmittableThreadLocal;

/** Loaded only where that library is. */
final class Transmittable {

    private static final TransmittableThreadLocal<String> TENANT = new TransmittableThreadLocal<>();

    private Transmittable() {}

    static void around(Runnable program) {
        TENANT.set("acme");
        try {
            program.run();
        } finally {
            TENANT.remove();
        }
    }

    static boolean isHere() {
        return "acme".equals(TENANT.get());
    }
}
