package io.corral.rules.methods;

import java.util.List;

/** Computes keys for sites: methods with equal keys share a site. */
final class SiteKeys {

    private SiteKeys() {}

    /**
     * The key of a method. Methods of several classes share a site if equal rules match them and no
     * rule uses the class name.
     */
    static String of(String className, List<EntryRule> matching) {
        for (EntryRule each : matching) {
            if (each.namesClass()) {
                return className;
            }
        }
        return targets(matching);
    }

    static String targets(List<EntryRule> matching) {
        StringBuilder targets = new StringBuilder();
        for (EntryRule each : matching) {
            targets.append(each.hierarchy()).append(' ').append(each.target()).append(' ');
        }
        return targets.toString();
    }

    /** Whether two versions of the rules name the same methods, in the same order. */
    static boolean haveSameTargets(List<EntryRule> some, List<EntryRule> others) {
        boolean same = some.size() == others.size();
        for (int i = 0; same && i < some.size(); i++) {
            same = some.get(i).target().toString().equals(others.get(i).target().toString())
                    && some.get(i).namesClass() == others.get(i).namesClass()
                    && some.get(i).captured().equals(others.get(i).captured());
        }
        return same;
    }
}
