package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/**
 * A point of an executor with a queue of its own: a method in which the submitter of an item is
 * recorded, or in which the container of the submitter is entered.
 *
 * @param kind what happens in the method
 * @param owner the internal name of the class
 * @param method the method's name, for all overloads that have such an argument, or the name and
 *     the beginning of the descriptor. Null if the kind is about calls in all methods of the class
 * @param argument the index of the argument that is the item; {@link #SELF} for the receiver
 * @param number the number of the rule; the methods of one rule share a table
 * @param location the file and line of the rule; null if Corral knows the class by itself
 */
public record ItemPoint(
        Kind kind,
        String owner,
        @Nullable String method,
        int argument,
        int number,
        @Nullable String location) {

    /** Stands for the receiver in place of an argument's index. */
    public static final int SELF = -1;

    /** The number of the user's first rule. */
    public static final int FIRST_USER_RULE = 16;

    /** What happens in a method. */
    public enum Kind {
        /** An item is submitted, and will be run once. */
        SUBMIT,
        /**
         * An item is created, or made ready to run again. Each of its runs is charged to its
         * submitter.
         */
        MAKE,
        /** An item is run. */
        RUN,
        /**
         * Not one method: each call of {@code Runnable.run} and {@code Callable.call} in the class
         * and its nested classes runs an item.
         */
        RUN_CALLS,
        /**
         * Not one method: each call of {@code Executor.execute} in the class and its nested classes
         * submits the task that empties the queue.
         */
        EXECUTE_CALLS;

        public boolean isMethod() {
            return this != RUN_CALLS && this != EXECUTE_CALLS;
        }
    }

    /** Whether the methods of this class may have the point. */
    public boolean isIn(String internalName) {
        return internalName.equals(owner)
                || (!kind.isMethod()
                        && internalName.startsWith(owner)
                        && internalName.charAt(owner.length()) == '$');
    }

    /** Whether this method of the class has the point. */
    public boolean matches(String name, String descriptor) {
        return method == null
                || method.equals(name)
                || (method.indexOf('(') > 0 && (name + descriptor).startsWith(method));
    }

    /** The method in the notation of rules files. */
    public String inRulesNotation() {
        String item = argument == SELF ? "this" : String.valueOf(argument);
        return owner.replace('/', '.') + "#" + method + "({" + item + "})";
    }
}
