package io.corral.runtime.handover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The executors with a queue of their own: those that Corral knows, and those that rules name. */
public final class ItemRules {

    /** The points that rules name, by the internal name of the top-level class. */
    private static volatile Map<String, List<ItemPoint>> points = Map.of();

    private static volatile @Nullable Weaving weaving;

    /** Internal names of classes that rules name and that have been loaded. */
    private static final Set<String> LOADED = ConcurrentHashMap.newKeySet();

    private ItemRules() {}

    /** Weaves classes again after a change. The weaver implements it. */
    public interface Weaving {

        /**
         * Weaves the loaded classes for which {@link ItemRules#of} has points.
         *
         * @param changed internal names of top-level classes that may be woven for earlier points
         */
        void weaveLoaded(Set<String> changed);
    }

    /** Called by the weaver. */
    public static void weaveBy(Weaving weaving) {
        ItemRules.weaving = weaving;
    }

    /**
     * The points in the methods of a class. Those of a rule take precedence over those that Corral
     * knows. Fast if the class has none.
     *
     * @return null if the class has no point
     */
    public static @Nullable List<ItemPoint> of(String internalName) {
        String topLevel = topLevel(internalName);
        List<ItemPoint> all = points.get(topLevel);
        if (all == null) {
            all = KnownItems.of(topLevel);
        }
        return all == null ? null : in(internalName, all);
    }

    private static @Nullable List<ItemPoint> in(String internalName, List<ItemPoint> all) {
        List<ItemPoint> found = new ArrayList<>();
        for (ItemPoint each : all) {
            if (each.isIn(internalName)) {
                found.add(each);
            }
        }
        if (found.isEmpty()) {
            return null;
        }
        LOADED.add(internalName);
        return found;
    }

    /** Whether a class that a rule names has been loaded. */
    public static boolean isLoaded(String internalName) {
        return LOADED.contains(internalName);
    }

    /**
     * Puts the points that rules name into force, in place of earlier ones.
     *
     * @param off internal names of classes that rules switch off, including those that Corral knows
     */
    public static void replace(List<ItemPoint> next, Set<String> off) {
        Map<String, List<ItemPoint>> byClass = new HashMap<>();
        for (String each : off) {
            byClass.put(topLevel(each), new ArrayList<>());
        }
        for (ItemPoint each : next) {
            String topLevel = topLevel(each.owner());
            List<ItemPoint> known = byClass.get(topLevel);
            if (known == null) {
                known = new ArrayList<>();
                byClass.put(topLevel, known);
            }
            known.add(each);
        }
        Set<String> changed = new TreeSet<>(points.keySet());
        changed.addAll(byClass.keySet());
        points = byClass;
        Weaving by = weaving;
        if (by != null && !changed.isEmpty()) {
            by.weaveLoaded(changed);
        }
    }

    /** The internal name of the top-level class of a class. */
    public static String topLevel(String internalName) {
        int nested = internalName.indexOf('$');
        return nested < 0 ? internalName : internalName.substring(0, nested);
    }
}
