import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system; all tenants ask one actor. */
public final class Service {

    private static final int ROUNDS = 400;

    /** What the actor is asked. */
    public record Job(String tenant, ActorRef<String> sender) {}

    public static void main(String[] arguments) throws Exception {
        ActorSystem<Job> system = ActorSystem.create(worker(), "field");
        Tenants.inTurns(
                ROUNDS,
                tenant -> AskPattern.<Job, String>ask(
                                system,
                                sender -> new Job(tenant, sender),
                                Duration.ofSeconds(60),
                                system.scheduler())
                        .toCompletableFuture()
                        .get());
    }

    private static Behavior<Job> worker() {
        return Behaviors.receiveMessage(job -> {
            Tenants.work();
            job.sender().tell("done");
            return Behaviors.same();
        });
    }
}
