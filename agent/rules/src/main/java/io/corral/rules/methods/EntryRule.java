package io.corral.rules.methods;

import io.corral.rules.calls.CapturedVariables;
import io.corral.rules.calls.Execution;
import io.corral.rules.language.PathTemplate;
import io.corral.rules.language.RuleWarnings;
import io.corral.rules.language.UnusableValueException;
import io.corral.runtime.container.ContainerNode;
import io.corral.runtime.container.ContainerRemovedException;
import io.corral.runtime.container.HierarchyTree;
import io.corral.runtime.container.Trees;
import io.corral.runtime.placement.ThreadRules;
import io.corral.runtime.thread.Members;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An {@code enter} rule: methods, and the container of their executions in one hierarchy. */
public final class EntryRule {

    /** The number of attempts if the container is removed concurrently. */
    private static final int MAX_ATTEMPTS = 8;

    private final String location;
    private final String hierarchy;
    private final EntryTarget target;
    private final PathTemplate<Execution> template;
    private final boolean namesClass;

    /** The captured variables that placeholders read: names, or numbers from 0. */
    private final List<String> captured;

    private final boolean mayWait;

    private final RuleWarnings warnings;

    /** Null until the rule is in force: a file with an error creates no hierarchy. */
    private @Nullable HierarchyTree tree;

    /** Whether a method matched. */
    private volatile boolean isUsed;

    /** Whether an execution was entered. */
    private volatile boolean isEntered;

    /** Whether a class without such a method was reported. */
    private volatile boolean isAbsenceReported;

    /**
     * The variables of a lambda that would match if it had captured the variables of the rule; null
     * if there is none.
     */
    private volatile @Nullable String otherVariables;

    /**
     * @param namesClass whether the path contains the class name of the method
     * @param captured the captured variables that placeholders read: names, or numbers from 0
     * @param mayWait whether threads may wait here at the door of a container with limits
     */
    EntryRule(
            String location,
            String hierarchy,
            EntryTarget target,
            PathTemplate<Execution> template,
            boolean namesClass,
            List<String> captured,
            boolean mayWait) {
        this.location = location;
        this.hierarchy = hierarchy;
        this.target = target;
        this.template = template;
        this.namesClass = namesClass;
        this.captured = List.copyOf(captured);
        this.mayWait = mayWait;
        this.warnings = new RuleWarnings(location);
    }

    /** The file and the line. */
    String location() {
        return location;
    }

    public String hierarchy() {
        return hierarchy;
    }

    public EntryTarget target() {
        return target;
    }

    /** Whether the rule is for requests, such as {@code enter http}. */
    boolean isForRequests() {
        return target instanceof RequestTarget;
    }

    /** Whether threads may wait here at the door of a container with limits. */
    boolean mayWait() {
        return mayWait;
    }

    /** The path as written in the file. */
    public String path() {
        return template.toString();
    }

    public boolean alwaysMatches() {
        return template.isFixed();
    }

    boolean namesClass() {
        return namesClass;
    }

    /** The captured variables that placeholders read: names, or numbers from 0. */
    List<String> captured() {
        return captured;
    }

    /**
     * Whether a lambda has captured all variables that the rule reads. So a variable picks one of
     * several lambdas.
     */
    boolean readsOnly(CapturedVariables variables) {
        for (String variable : captured) {
            if (variables.index(variable) < 0) {
                otherVariables = variables.toString();
                return false;
            }
        }
        return true;
    }

    /** The hierarchy, created if it does not exist. */
    public HierarchyTree tree() {
        HierarchyTree known = tree;
        if (known == null) {
            known = Trees.hierarchy(hierarchy);
            tree = known;
        }
        return known;
    }

    /** As {@link #find}. Counts the execution as a request, unless it is within the container. */
    @Nullable ContainerNode container(Execution execution) {
        ContainerNode container = find(execution);
        if (container != null) {
            count(container);
        }
        return container;
    }

    /** The container of an execution, or null if a placeholder has no usable value. */
    @Nullable ContainerNode find(Execution execution) {
        if (isForRequests() && !execution.handlesRequest()) {
            return null;
        }
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                ContainerNode container = template.container(tree(), execution, false, warnings);
                if (!isEntered) {
                    isEntered = true;
                }
                return container;
            } catch (ContainerRemovedException meanwhile) {
                // Try again: a container of the same name is created.
            } catch (UnusableValueException unfit) {
                if (unfit.isReportable() && warnings.mayReportUnplaced()) {
                    warnings.unplaced("an execution of " + execution, unfit.getMessage());
                }
                return null;
            }
        }
        return null;
    }

    /** Counts a request, unless the thread is in its container already. */
    void count(ContainerNode container) {
        if (container.countsRequests() && Members.currentWorking().container(tree()) != container) {
            container.countRequest();
        }
    }

    /**
     * Takes over the state of an earlier rule with the same target, since its methods are woven
     * already.
     */
    void takeOver(EntryRule previous) {
        isUsed = previous.isUsed;
        isAbsenceReported = previous.isAbsenceReported;
    }

    void markUsed() {
        isUsed = true;
    }

    /** Reports that a method only assembles work that runs later. */
    void reportAssembly(String method, String type) {
        warnings.assembles(method, type);
    }

    /**
     * Reports that this rule, which matches every request, takes one out of the container of a
     * scope around the server's methods.
     */
    void reportTaken(ContainerNode from, ContainerNode to) {
        warnings.takes(from, to);
    }

    /** Reports once that a class that the rule names has no such method. */
    void reportAbsence() {
        if (!isUsed && !isAbsenceReported) {
            isAbsenceReported = true;
            warnings.absent(target.toString());
        }
    }

    /** Null if an execution was entered. */
    public ThreadRules.@Nullable Unmatched unmatched() {
        if (isEntered) {
            return null;
        }
        return new ThreadRules.Unmatched(
                location,
                "the rule for " + target + " "
                        + (isUsed ? "has entered no call of its methods" : whyUnused()));
    }

    /** Reports a class of a server that has none of the methods that are known. */
    void reportUnknownVersion(String className, String origin) {
        String server = target.serverWith(className);
        if (server != null) {
            warnings.unknownVersion(server, className, origin);
        }
    }

    /**
     * The line at the end of the JVM for an unused rule; null if a method matched or a line was
     * logged before.
     */
    @Nullable String unusedMessage() {
        return isUsed || isAbsenceReported
                ? null
                : location + ": the rule for " + target + " " + whyUnused();
    }

    private String whyUnused() {
        String others = otherVariables;
        return others == null
                ? target.unusedMessage()
                : "matched no lambda that captures " + String.join(" and ", captured)
                        + ": such a method makes one that captures " + others;
    }
}
