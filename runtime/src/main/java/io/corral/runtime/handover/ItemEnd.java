package io.corral.runtime.handover;

import org.jspecify.annotations.Nullable;

/**
 * A method of an executor that runs others' tasks from a queue of its own: where an item's
 * submitter is recorded, or where its container is entered.
 *
 * @param kind what happens in the method
 * @param owner the internal name of the class
 * @param method the method's name, for all overloads that have such an argument, or the name and
 *     the beginning of the descriptor. Null for all methods of a kind that is not one method
 * @param argument the index of the argument that is the item; {@link #SELF} for the receiver
 * @param number of the rule, by which its methods share a table
 * @param location the file and line of the rule; null if Corral knows the class by itself
 */
public record ItemEnd(
        Kind kind,
        String owner,
        @Nullable String method,
        int argument,
        int number,
        @Nullable String location) {

    /** Stands for the receiver in place of an argument's index. */
    public static final int SELF = -1;

    /** The least number of a rule of the user's. */
    public static final int FIRST_OF_RULES = 16;

    /** What happens in a method. */
    public enum Kind {
        /** An item is submitted, and will be run once. */
        SUBMIT,
        /** An item is made, or made ready again, and each of its runs is its submitter's. */
        MAKE,
        /** An item is run. */
        RUN,
        /**
         * Not one method: each call of {@code Runnable.run} and {@code Callable.call} in the class
         * and its nested classes runs an item.
         */
        CALLS,
        /**
         * Not one method: each call of {@code Executor.execute} in the class and its nested classes
         * submits the task that empties the queue.
         */
        EXECUTES;

        public boolean isMethod() {
            return this != CALLS && this != EXECUTES;
        }
    }

    /** Whether the methods of a class may be meant. */
    public boolean isIn(String internalName) {
        return internalName.equals(owner)
                || (!kind.isMethod()
                        && internalName.startsWith(owner)
                        && internalName.charAt(owner.length()) == '$');
    }

    /** Whether a method of the class is meant. */
    public boolean isMethod(String name, String descriptor) {
        return method == null
                || method.equals(name)
                || (method.indexOf('(') > 0 && (name + descriptor).startsWith(method));
    }

    /** As in a rules file. */
    public String written() {
        String item = argument == SELF ? "this" : String.valueOf(argument);
        return owner.replace('/', '.') + "#" + method + "({" + item + "})";
    }
}
