package ways;

import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mockito.Mockito;

/** Mocks of the JDK's classes of tasks, which Mockito retransforms for that. It has no context. */
public final class Mocks implements Consumer<Runnable>, Supplier<String> {

    private final Object task = Mockito.mock(FutureTask.class);
    private final Object pool = Mockito.mock(ThreadPoolExecutor.class);

    @Override
    public void accept(Runnable task) {
        task.run();
    }

    @Override
    public String get() {
        return task == pool ? "one" : "";
    }
}
