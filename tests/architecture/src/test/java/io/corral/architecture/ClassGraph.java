package io.corral.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which top-level classes of one package depend on which. A nested class counts as its outer. */
final class ClassGraph {

    /** The classes that a class depends on, by their names without the package. */
    private final Map<String, Set<String>> dependencies = new TreeMap<>();

    /** The graph of each package. */
    static Map<String, ClassGraph> byPackage(JavaClasses classes) {
        Map<String, ClassGraph> graphs = new TreeMap<>();
        for (JavaClass each : classes) {
            if (!each.getSimpleName().equals("package-info")) {
                graphs.computeIfAbsent(each.getPackageName(), unused -> new ClassGraph())
                        .add(each);
            }
        }
        for (ClassGraph graph : graphs.values()) {
            // Some packages are in several modules.
            graph.dependencies.values().forEach(to -> to.retainAll(graph.dependencies.keySet()));
        }
        return graphs;
    }

    private void add(JavaClass from) {
        Set<String> known = dependencies.computeIfAbsent(topLevel(from), unused -> new TreeSet<>());
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
            JavaClass to = dependency.getTargetClass().getBaseComponentType();
            if (to.getPackageName().equals(from.getPackageName())
                    && !topLevel(to).equals(topLevel(from))) {
                known.add(topLevel(to));
            }
        }
    }

    private static String topLevel(JavaClass type) {
        String name = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        int end = name.indexOf('$');
        return end < 0 ? name : name.substring(0, end);
    }

    /** The dependencies within a cycle, one class a line. */
    String describe(Set<String> cycle) {
        StringBuilder lines = new StringBuilder();
        for (String from : cycle) {
            Set<String> to = new TreeSet<>(dependencies.getOrDefault(from, Set.of()));
            to.retainAll(cycle);
            lines.append("\n    ").append(from).append(" -> ").append(String.join(" ", to));
        }
        return lines.toString();
    }

    /** The strongly connected components, by Tarjan's algorithm. */
    List<Set<String>> components() {
        Tarjan search = new Tarjan();
        dependencies.keySet().forEach(search::visit);
        return search.components;
    }

    private final class Tarjan {

        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final Deque<String> stack = new ArrayDeque<>();
        private final List<Set<String>> components = new ArrayList<>();

        void visit(String from) {
            if (index.containsKey(from)) {
                return;
            }
            index.put(from, index.size());
            low.put(from, index.get(from));
            stack.push(from);
            for (String to : dependencies.getOrDefault(from, Set.of())) {
                boolean isNew = !index.containsKey(to);
                visit(to);
                if (isNew) {
                    low.merge(from, low.get(to), Math::min);
                } else if (stack.contains(to)) {
                    low.merge(from, index.get(to), Math::min);
                }
            }
            if (low.get(from).equals(index.get(from))) {
                popComponent(from);
            }
        }

        private void popComponent(String root) {
            Set<String> component = new TreeSet<>();
            String member;
            do {
                member = stack.pop();
                component.add(member);
            } while (!member.equals(root));
            components.add(component);
        }
    }
}
