package io.corral.runtime.rules;

import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;

import org.jspecify.annotations.Nullable;

/** One line of a rules file: which methods it takes, and where their executions belong in its hierarchy. */
final class EntryRule {

    /** Who removes the same containers all the time gets the better of an execution. */
    private static final int TRIES = 8;

    private final String location;
    private final String hierarchy;
    private final EntryTarget target;
    private final PathTemplate<Execution> template;
    private final boolean namesClass;
    private final Complaints complaints;
    private final Outlet outlet;

    /** Null until it is in force: a file that is not makes no hierarchy. */
    private @Nullable HierarchyTree tree;

    /** Whether it has taken a method. */
    private volatile boolean hasTaken;

    /** @param namesClass whether the path depends on the class whose method it is */
    EntryRule(
            String location,
            String hierarchy,
            EntryTarget target,
            PathTemplate<Execution> template,
            boolean namesClass) {
        this.location = location;
        this.hierarchy = hierarchy;
        this.target = target;
        this.template = template;
        this.namesClass = namesClass;
        this.complaints = new Complaints(location);
        this.outlet = new Outlet(template, complaints);
    }

    String hierarchy() {
        return hierarchy;
    }

    EntryTarget target() {
        return target;
    }

    /** As it stands in the file. */
    String path() {
        return template.toString();
    }

    boolean alwaysFits() {
        return template.isFixed();
    }

    boolean namesClass() {
        return namesClass;
    }

    /** Made where there is none. */
    HierarchyTree tree() {
        HierarchyTree known = tree;
        if (known == null) {
            known = Trees.hierarchy(hierarchy);
            tree = known;
        }
        return known;
    }

    /** Where an execution belongs, or null if what stands for a placeholder does not fit. */
    @Nullable ContainerNode container(Execution execution) {
        for (int i = 0; i < TRIES; i++) {
            try {
                return template.container(tree(), execution, complaints);
            } catch (ContainerRemovedException meanwhile) {
                // Another of its name is made.
            } catch (PathTemplate.UnfitException unfit) {
                if (unfit.isToBeSaid() && complaints.maySayUnfit()) {
                    complaints.unfit("an execution of " + execution, unfit.getMessage());
                }
                return null;
            }
        }
        return null;
    }

    Outlet outlet() {
        return outlet;
    }

    /** For a rule that takes the same methods as one before, which was woven. */
    void succeed(EntryRule before) {
        hasTaken = before.hasTaken;
    }

    void taken() {
        hasTaken = true;
    }

    /** What is to be said at the end of a run, or null if it has taken a method. */
    @Nullable String tookNothing() {
        return hasTaken ? null : location + ": the rule for " + target + " " + target.tookNothing();
    }
}
