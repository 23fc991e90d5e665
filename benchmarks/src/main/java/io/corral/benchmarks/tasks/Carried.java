package io.corral.benchmarks.tasks;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;

import java.util.concurrent.Executor;

/** What the tasks' submitter has about it, which is to be there while they run. */
enum Carried {
    NOTHING {
        @Override
        boolean isHere() {
            return true;
        }
    },

    /** Nothing, in a JVM in which others have containers. */
    NOTHING_BESIDE_CONTAINERS {
        @Override
        void around(Runnable program) {
            Containers.at("/tenants/other").run(() -> {});
            program.run();
        }

        @Override
        boolean isHere() {
            return !Containers.current().path().startsWith("/tenants");
        }
    },

    /** A container of Corral's. */
    CONTAINER {
        @Override
        void around(Runnable program) {
            try (Scope scope = Containers.at("/tenants/acme").enter()) {
                program.run();
            }
        }

        @Override
        boolean isHere() {
            return Containers.current().path().equals("/tenants/acme");
        }
    },

    /** As {@link #CONTAINER}, which is entered for each task. */
    CONTAINER_FOR_EACH {
        @Override
        Executor submitting(Executor pool) {
            Container acme = Containers.at("/tenants/acme");
            return task -> inContainer(acme, pool, task);
        }

        @Override
        boolean isHere() {
            return CONTAINER.isHere();
        }
    },

    /** Of two containers, one for this task and one for the next: their worker has to switch. */
    CONTAINERS_IN_TURNS {
        @Override
        Executor submitting(Executor pool) {
            return new Executor() {
                private final Container other = Containers.at("/tenants/other");
                private final Container acme = Containers.at("/tenants/acme");
                private boolean isOthers = true;

                @Override
                public void execute(Runnable task) {
                    isOthers = !isOthers;
                    inContainer(isOthers ? other : acme, pool, task);
                }
            };
        }

        @Override
        boolean isHere() {
            return CONTAINER.isHere();
        }
    },

    /** A value of transmittable-thread-local's, whose agent wraps tasks. */
    TRANSMITTABLE {
        @Override
        void around(Runnable program) {
            Transmittable.around(program);
        }

        @Override
        boolean isHere() {
            return Transmittable.isHere();
        }
    },

    /** A context of OpenTelemetry's that is current, as within a span; its agent brings the API to the context. */
    OPEN_TELEMETRY {
        @Override
        void around(Runnable program) {
            OpenTelemetry.around(program);
        }

        @Override
        boolean isHere() {
            return OpenTelemetry.isHere();
        }
    };

    void around(Runnable program) {
        program.run();
    }

    /** What the program hands its tasks to, on one thread. */
    Executor submitting(Executor pool) {
        return pool;
    }

    private static void inContainer(Container container, Executor pool, Runnable task) {
        try (Scope scope = container.enter()) {
            pool.execute(task);
        }
    }

    /** Where the calling thread works. */
    abstract boolean isHere();
}
