using Microsoft.Extensions.Hosting;

namespace ChatOps.Host;

/// <summary>Leaves signals to whoever started the host: the command line decides what Ctrl+C means.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
