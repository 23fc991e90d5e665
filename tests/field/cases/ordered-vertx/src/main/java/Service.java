import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Vert.x runs blocking code of one context in order. */
public final class Service {

    public static void main(String[] arguments) throws Exception {
        Context context = Vertx.vertx().getOrCreateContext();
        Items.runOn(item -> context.executeBlocking(() -> {
            item.run();
            return null;
        }));
    }
}
