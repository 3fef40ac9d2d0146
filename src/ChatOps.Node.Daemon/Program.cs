using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChatOps.Configuration;
using ChatOps.Node;
using ChatOps.Node.Installing;
using ChatOps.Secrets;

const int Done = 0, Failed = 1, Usage = 2;
var version = typeof(DaemonArguments).Assembly.GetName().Version!.ToString(3);
if (args is ["--version"])
{
    Console.Out.WriteLine($"chatops-node {version}");
    return Done;
}

if (args is [] or ["--help" or "-h" or "-?"])
{
    Console.Out.WriteLine(DaemonArguments.Help);
    return args is [] ? Usage : Done;
}

if (args is ["install", ..]) return await NodeInstaller.InstallAsync(args[1..], [Environment.ProcessPath!], version, Console.Out, Console.Error);
if (args is ["uninstall", ..]) return await NodeInstaller.UninstallAsync(args[1..], Console.Out, Console.Error);

if (!DaemonArguments.TryRead(args, version, out var options, out var problem))
{
    Console.Error.WriteLine(problem);
    return Usage;
}

// One connection, whose messages are answered or handed to a thread at once: another thread between the socket and its reader would only cost.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    // The second one ends the process at once.
    if (stop.IsCancellationRequested) return;
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var redactor = SecretsRegistration.CreateRedactor(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) });
    var end = await NodeDaemon.RunAsync(options, redactor, Console.Error, TimeProvider.System, stop.Token);
    return end.Asked ? Done : Failed;
}
catch (ConfigurationProblemsException e)
{
    Console.Error.WriteLine(string.Join(Environment.NewLine, e.Problems));
    return Usage;
}
