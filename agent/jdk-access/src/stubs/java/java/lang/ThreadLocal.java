package java.lang;

/** Declares the private members that Corral uses. */
public class ThreadLocal<T> {

    protected ThreadLocal() {}

    native ThreadLocalMap getMap(Thread thread);

    static class ThreadLocalMap {

        native Entry getEntry(ThreadLocal<?> key);

        static class Entry {
            Object value;
        }
    }
}
