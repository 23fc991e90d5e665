package io.corral.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two or more top-level classes of one package, each of which depends on all others, directly or
 * through classes of the cycle.
 */
record ClassCycle(String packageName, Set<String> classes) {

    /** @param names of its classes, without their package and separated by spaces */
    static ClassCycle of(String packageName, String names) {
        return new ClassCycle(packageName, new TreeSet<>(List.of(names.split(" "))));
    }

    /** All cycles of a package: its strongly connected components of two or more classes. */
    static List<ClassCycle> in(String packageName, ClassGraph graph) {
        List<ClassCycle> cycles = new ArrayList<>();
        for (Set<String> component : graph.components()) {
            if (component.size() > 1) {
                cycles.add(new ClassCycle(packageName, component));
            }
        }
        return cycles;
    }

    @Override
    public String toString() {
        return packageName + ": " + String.join(" ", classes);
    }
}
