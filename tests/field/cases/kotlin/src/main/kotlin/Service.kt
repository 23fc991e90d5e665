import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext

/** Coroutines on the default dispatcher, which suspend between two pieces of work. */
object Service {
    private const val ROUNDS = 300

    @JvmStatic
    fun main(arguments: Array<String>) {
        Tenants.inTurns(ROUNDS) { runBlocking { withContext(Dispatchers.Default) { work() } } }
    }

    private suspend fun work() {
        Tenants.work()
        delay(1)
        Tenants.work()
    }
}
