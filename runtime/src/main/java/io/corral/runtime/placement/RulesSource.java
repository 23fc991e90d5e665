package io.corral.runtime.placement;

import java.util.List;

/** Where rules come from. Implemented in {@code io.corral.runtime.rules}. */
public interface RulesSource {

    /**
     * Reads a file and puts its rules into force, in the place of those of an earlier one. What is wrong with it is said on
     * standard error; then nothing changes.
     *
     * @param weaver for rules that name methods; always the same
     */
    void install(String file, EntryWeaver weaver);

    /** Once the hooks are on: reads the file again whenever it has changed, on a thread that is begun here. */
    void follow();

    /** Puts no rules into force, and lets go of the file. */
    void uninstall();

    /** A line for each rule that names methods and has taken none so far. */
    List<String> unused();
}
