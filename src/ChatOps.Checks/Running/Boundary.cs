namespace ChatOps.Checks.Running;

/// <summary>Where work that goes on by itself is kept from ending for one part of it that breaks.</summary>
internal static class Boundary
{
    /// <summary>Does something to its end. What breaks is told; that the gateway stops is not.</summary>
    /// <param name="work">What.</param>
    /// <param name="broke">Told of what broke.</param>
    public static async Task RunAsync(Func<Task> work, Action<Exception> broke)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; the next process goes on.
        }
        catch (Exception e)
        {
            broke(e);
        }
    }
}
