package io.corral.runtime.placement;

/** Where rules come from. Implemented in {@code io.corral.runtime.rules}. */
public interface RulesSource {

    /**
     * Reads a file, now and whenever it has changed. What is wrong with it is said on standard error; then nothing
     * changes.
     *
     * @param weaver for rules that name methods
     */
    void install(String file, EntryWeaver weaver);
}
