package io.corral.runtime.rules;

/**
 * Types whose methods only put together what runs when somebody subscribes. (A
 * {@code CompletionStage} is not one of them: its work is handed over from where it was submitted.)
 */
final class Assembly {

    private Assembly() {}

    static boolean isOnly(String type) {
        return switch (type) {
            case "org.reactivestreams.Publisher",
                    "java.util.concurrent.Flow$Publisher",
                    "reactor.core.publisher.Mono",
                    "reactor.core.publisher.Flux",
                    "io.reactivex.rxjava3.core.Completable",
                    "io.reactivex.rxjava3.core.Flowable",
                    "io.reactivex.rxjava3.core.Maybe",
                    "io.reactivex.rxjava3.core.Observable",
                    "io.reactivex.rxjava3.core.Single",
                    "io.smallrye.mutiny.Multi",
                    "io.smallrye.mutiny.Uni",
                    "kotlinx.coroutines.flow.Flow" -> true;
            default -> false;
        };
    }
}
