package java.lang;

import io.corral.runtime.hook.ItemHook;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/**
 * Woven executors of the application call the hooks for items through this class, since every class
 * loader and every module finds {@code java.lang}.
 */
public final class CorralItemDispatcher {

    private CorralItemDispatcher() {}

    public static Object submitted(Object item, int number) {
        return ItemHook.submitted(item, number);
    }

    public static void refused(Object recorded, int number) {
        ItemHook.refused(recorded, number);
    }

    public static void made(Object item, int number) {
        ItemHook.made(item, number);
    }

    public static Object begin(Object item, int number) {
        return ItemHook.begin(item, number);
    }

    public static void end(Object begun) {
        ItemHook.end(begun);
    }

    public static void run(Runnable item, int number) {
        ItemHook.run(item, number);
    }

    public static void execute(Executor executor, Runnable task) {
        ItemHook.execute(executor, task);
    }

    public static Object call(Callable<?> item, int number) throws Exception {
        return ItemHook.call(item, number);
    }
}
