using System.Runtime.CompilerServices;
using ChatOps.Diagnostics;
using ChatOps.Host;

namespace ChatOps.Cli.Doctor;

/// <summary>Who can reach the listener, and whether what travels to it is encrypted.</summary>
internal sealed class ListenerExamination : IExamination
{
    public async IAsyncEnumerable<Finding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var gateway = patient.Settings.Options.Gateway;
        var open = ListenAddress.Parse(gateway.Urls).Where(a => !a.IsLoopback).ToList();
        yield return open.Count == 0
            ? new("listener.loopback", PartState.Ok, $"The gateway listens on this machine alone ({gateway.Urls}).")
            : new("listener.behind-proxy", PartState.Degraded, $"{string.Join(", ", open)} can be reached from other machines; only what comes through {gateway.TrustedProxy} is believed.",
                "Let a firewall allow nobody but that proxy.");
        if (gateway.PublicUrl is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            yield return new("listener.plain-public-url", PartState.Failed, $"Gateway:PublicUrl ({url}) is not encrypted: sign-in links and cookies would travel in the open.", "Put a proxy with TLS in front and write its https address.");
    }
}
