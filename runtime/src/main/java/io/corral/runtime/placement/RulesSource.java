package io.corral.runtime.placement;

import java.util.List;

/** The rules file. The rules implement it. */
public interface RulesSource {

    /**
     * Reads a file and puts its rules into force, in place of the current ones. If there are
     * problems, they are logged and nothing changes.
     *
     * @param weaver weaves the methods that rules name; each call must pass the same one
     */
    void install(String file, EntryWeaver weaver);

    /** Starts a thread that reads the file again whenever it has changed. */
    void follow();

    /** Puts an empty set of rules into force, and forgets the file. */
    void uninstall();

    /** One line for each rule for methods that has matched no method so far. */
    List<String> unused();

    /** Why the file's current version is not in force; empty if it is, or if there is no file. */
    List<String> faults();
}
