package io.corral.integration.measure;

import io.corral.Container;
import io.corral.Containers;
import io.corral.Scope;
import io.corral.integration.support.HeapHistogram;

/** Measures many empty tasks, and says how many objects of Corral's that leaves. */
final class ManyMeasurementsProgram {

    private static final int TASKS = 2_000_000;

    private ManyMeasurementsProgram() {}

    public static void main(String[] arguments) {
        int tasks = arguments.length == 0 ? TASKS : Integer.parseInt(arguments[0]);
        Container one = Containers.at("/one");
        Container other = Containers.at("/other");
        measure(1_000, one, other);
        long before = objects();
        measure(tasks, one, other);
        System.out.println("more=" + (objects() - before));
    }

    private static void measure(int tasks, Container one, Container other) {
        for (int i = 0; i < tasks; i++) {
            try (Scope scope = (i % 2 == 0 ? one : other).enter()) {
                Containers.measure(() -> {});
            }
        }
    }

    private static long objects() {
        return HeapHistogram.afterACollection().instancesOfPackage("io.corral");
    }
}
