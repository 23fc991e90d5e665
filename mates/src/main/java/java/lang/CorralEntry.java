package java.lang;

import io.corral.runtime.hook.EntryHook;

/**
 * Leads from the application's woven methods to the hook. Every class loader and every module finds
 * {@code java.lang}, including those that delegate nothing else to the boot loader.
 */
public final class CorralEntry {

    private CorralEntry() {}

    public static Object enter(int site, Object self, Object[] arguments) {
        return EntryHook.enter(site, self, arguments);
    }

    public static void exit(Object entered) {
        EntryHook.exit(entered);
    }
}
