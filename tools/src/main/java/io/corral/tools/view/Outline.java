package io.corral.tools.view;

import io.corral.tools.reading.Row;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which rows of a tree are shown, and in which order. Used by one thread. */
public final class Outline {

    /** The paths of containers whose content is hidden. */
    private final Set<String> folded = new HashSet<>();

    /** The paths of containers with content that is wanted, as of the last rows. */
    private Set<String> parents = Set.of();

    private Order order = Order.CPU;

    /** In lower case; empty if all are shown. */
    private String filter = "";

    private String from = "/";
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

    /** Shows only containers whose path contains a text, and those that they are in. */
    public void filter(String text) {
        filter = text.toLowerCase(Locale.ROOT);
    }

    /** Shows only the container at this path and those below it. */
    public void from(String path) {
        from = path;
    }

    /** @param levels how many levels are shown below the first one */
    public void depth(int levels) {
        depth = levels;
    }

    public boolean isFolded(String path) {
        return folded.contains(path) && parents.contains(path);
    }

    /** Hides or shows the content of a container that has some. */
    public void fold(String path, boolean hide) {
        if (!hide) {
            folded.remove(path);
        } else if (parents.contains(path)) {
            folded.add(path);
        }
    }

    /** The rows to show: each container, then those in it. */
    public List<Rate> rows(List<Rate> all) {
        Set<String> wanted = matching(all);
        Map<String, List<Rate>> children = new HashMap<>();
        Rate first = null;
        for (Rate rate : all) {
            if (rate.row().path().equals(from)) {
                first = rate;
            } else if (wanted.contains(rate.row().path())) {
                children.computeIfAbsent(rate.row().parent(), path -> new ArrayList<>())
                        .add(rate);
            }
        }
        parents = children.keySet();
        List<Rate> shown = new ArrayList<>();
        if (first != null) {
            add(first, 0, children, shown);
        }
        return shown;
    }

    private Set<String> matching(List<Rate> all) {
        Set<String> wanted = new HashSet<>();
        for (Rate rate : all) {
            if (filter.isEmpty() || rate.row().path().toLowerCase(Locale.ROOT).contains(filter)) {
                String path = rate.row().path();
                while (wanted.add(path)) {
                    path = Row.parentOf(path);
                }
            }
        }
        return wanted;
    }

    private void add(Rate rate, int level, Map<String, List<Rate>> children, List<Rate> shown) {
        shown.add(rate);
        List<Rate> below = children.get(rate.row().path());
        if (below == null || level >= depth || isFolded(rate.row().path())) {
            return;
        }
        below.sort(order.comparator());
        for (Rate each : below) {
            add(each, level + 1, children, shown);
        }
    }
}
