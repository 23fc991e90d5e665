package ways;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import one.profiler.AsyncProfiler;

/** Runs async-profiler while the program runs. It has no context. */
public final class Profiler implements Consumer<Runnable>, Supplier<String> {

    public Profiler() throws IOException {
        AsyncProfiler.getInstance().execute("start,event=itimer,interval=1ms");
    }

    @Override
    public void accept(Runnable task) {
        task.run();
    }

    @Override
    public String get() {
        return "";
    }
}
