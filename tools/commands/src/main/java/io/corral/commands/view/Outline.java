package io.corral.commands.view;

import io.corral.commands.reading.Row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Selects the rows of a tree that are shown, and their order. Not thread-safe. */
public final class Outline {

    private static final String ROOT = "/";

    /** The container that a reader looks for the JVM's threads in. */
    private static final String JVM = "/jvm";

    /** The keys of the rows whose children are hidden. */
    private final Set<String> folded = new HashSet<>();

    /** The keys of the rows that have children to show, in the last result of {@link #rows}. */
    private Set<String> parents = Set.of();

    private Order order = Order.CPU;

    /** The filter in lower case; empty for no filter. */
    private String filter = "";

    private String root = ROOT;
    private int depth = Integer.MAX_VALUE;

    public Order order() {
        return order;
    }

    public void order(Order order) {
        this.order = order;
    }

    public String filter() {
        return filter;
    }

    /** Shows only the containers whose path contains a text, and their parents. */
    public void filter(String text) {
        filter = text.toLowerCase(Locale.ROOT);
    }

    /** Shows only the container at this path and those below it. */
    public void root(String path) {
        root = path;
    }

    /** @param levels the number of levels shown below the first one */
    public void depth(int levels) {
        depth = levels;
    }

    public boolean isFolded(Rate rate) {
        return folded.contains(rate.key()) && parents.contains(rate.key());
    }

    /** Hides or shows the children of a container. Does nothing if it has no children. */
    public void fold(Rate rate, boolean hide) {
        if (!hide) {
            folded.remove(rate.key());
        } else if (parents.contains(rate.key())) {
            folded.add(rate.key());
        }
    }

    /**
     * The rows to show: each container, followed by its children, and at last the JVM's native
     * threads. Each JVM has its own.
     */
    public List<Rate> rows(List<Rate> all) {
        Set<String> wanted = matching(all);
        Map<String, List<Rate>> children = new HashMap<>();
        Map<String, Rate> nativeThreads = new HashMap<>();
        List<Rate> first = new ArrayList<>();
        for (Rate rate : all) {
            if (rate.row().path().equals(root)) {
                first.add(rate);
            } else if (rate.row().isAllNativeThreads()) {
                nativeThreads.put(rate.jvm(), rate);
            } else if (wanted.contains(rate.key())) {
                children.computeIfAbsent(
                                rate.keyOf(rate.row().parent()), parent -> new ArrayList<>())
                        .add(rate);
            }
        }
        parents = children.keySet();
        first.sort(order.comparator());
        List<Rate> shown = new ArrayList<>();
        for (Rate each : first) {
            add(each, 0, children, shown);
            Rate ofJvm = nativeThreads.get(each.jvm());
            if (ofJvm != null && wanted.contains(ofJvm.key()) && showsNativeThreads()) {
                add(ofJvm, 0, children, shown);
            }
        }
        return shown;
    }

    private boolean showsNativeThreads() {
        return root.equals(ROOT) || root.equals(JVM);
    }

    /** The keys of the rows that the filter selects, and of those above them. */
    private Set<String> matching(List<Rate> all) {
        Set<String> wanted = new HashSet<>();
        for (Rate rate : all) {
            if (filter.isEmpty() || rate.row().path().toLowerCase(Locale.ROOT).contains(filter)) {
                String path = rate.row().path();
                while (wanted.add(rate.keyOf(path))) {
                    path = Row.parentOf(path);
                }
            }
        }
        return wanted;
    }

    private void add(Rate rate, int level, Map<String, List<Rate>> children, List<Rate> shown) {
        shown.add(rate);
        List<Rate> below = children.get(rate.key());
        if (below == null || level >= depth || isFolded(rate)) {
            return;
        }
        below.sort(order.comparator());
        for (Rate each : below) {
            add(each, level + 1, children, shown);
        }
    }
}
