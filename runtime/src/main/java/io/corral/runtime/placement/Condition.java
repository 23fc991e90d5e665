package io.corral.runtime.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition of a rule for threads: a property of the thread, and a pattern for its value. */
public final class Condition {

    private final ThreadProperty property;

    /** Null if it is sufficient that the thread has the property. */
    private final @Nullable TextPattern pattern;

    /** Whether a class that the thread's class extends is sufficient. */
    private final boolean withSubclasses;

    private Condition(
            ThreadProperty property, @Nullable TextPattern pattern, boolean withSubclasses) {
        this.property = property;
        this.pattern = pattern;
        this.withSubclasses = withSubclasses;
    }

    /** A condition for threads that have a property. */
    public static Condition has(ThreadProperty property) {
        return new Condition(property, null, false);
    }

    /** A glob with a plus at its end also holds for the classes that extend a matching class. */
    public static Condition of(ThreadProperty property, TextPattern pattern) {
        boolean withSubclasses = property == ThreadProperty.CLASS
                && pattern instanceof Glob glob
                && glob.source().endsWith("+");
        return new Condition(
                property, withSubclasses ? withoutLast((Glob) pattern) : pattern, withSubclasses);
    }

    private static Glob withoutLast(Glob glob) {
        return new Glob(glob.source().substring(0, glob.source().length() - 1));
    }

    /** Reads the {@link #compiled} form. */
    static Condition of(String compiled) {
        int space = compiled.indexOf(' ');
        ThreadProperty property =
                ThreadProperty.of(space < 0 ? compiled : compiled.substring(0, space));
        if (property == null) {
            throw new IllegalArgumentException(compiled);
        }
        return space < 0 ? has(property) : of(property, new Glob(compiled.substring(space + 1)));
    }

    /**
     * The form in which the default rules are compiled.
     *
     * @throws IllegalArgumentException if there is none, since it has a regular expression
     */
    public String compiled() {
        if (pattern == null) {
            return property.word();
        }
        if (pattern instanceof Glob glob) {
            return property.word() + " " + glob.source() + (withSubclasses ? "+" : "");
        }
        throw new IllegalArgumentException("not a glob: " + pattern);
    }

    /** Whether every thread matches. Every thread has a name, but not every one has a task. */
    public boolean alwaysHolds() {
        return property == ThreadProperty.THREAD && pattern != null && pattern.matchesAll();
    }

    /** How many parts of the value the condition captures. */
    public int groups() {
        return pattern == null ? 0 : pattern.groups();
    }

    /** @param captures as for {@link TextPattern#matches} */
    boolean holds(ThreadFacts thread, @Nullable List<String> captures) {
        if (withSubclasses && pattern != null) {
            return thread.extendsClass(pattern, captures);
        }
        String value = property.of(thread);
        return value != null && (pattern == null || pattern.matches(value, captures));
    }

    boolean asksForStarter() {
        return property == ThreadProperty.STARTER || property == ThreadProperty.CHOSEN;
    }

    /** Whether the condition may hold for virtual threads. */
    boolean mayHoldForVirtual() {
        return property == ThreadProperty.KIND ? isFor("virtual") : !property.isOfPlatformThreads();
    }

    /** Whether the condition may hold for platform threads. */
    boolean mayHoldForPlatform() {
        return property != ThreadProperty.KIND || isFor("platform");
    }

    private boolean isFor(String value) {
        return pattern != null && pattern.matches(value, null);
    }

    /** The class, if the condition is for one class and its subclasses; else null. */
    @Nullable String classWithSubclasses() {
        return withSubclasses ? oneText() : null;
    }

    /** The class of the task, if the condition is for one such class; else null. */
    @Nullable String taskClass() {
        return property == ThreadProperty.TASK ? oneText() : null;
    }

    private @Nullable String oneText() {
        return pattern instanceof Glob glob && glob.isOneText() ? glob.source() : null;
    }

    boolean isForTask(String type) {
        return property == ThreadProperty.TASK && isFor(type);
    }

    /** The condition with the kind of its pattern, to compare conditions. */
    @Override
    public String toString() {
        return property.word()
                + (pattern == null ? "" : " " + pattern)
                + (withSubclasses ? "+" : "");
    }
}
