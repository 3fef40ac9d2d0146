using System.Globalization;
using ChatOps.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Formatting.Display;

namespace ChatOps.Host.Logging;

/// <summary>Where log lines go: standard error, and files under the data directory that are bounded in size and number.</summary>
internal static class LoggingSetup
{
    private const string ConsoleLine = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}";
    private const string FileLine = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffZ} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";
    private const long Megabyte = 1024 * 1024;

    /// <summary>Adds logging.</summary>
    public static IServiceCollection AddGatewayLogging(this IServiceCollection services, GatewaySetup setup)
    {
        services.AddSingleton<ILoggerProvider>(s => new SerilogLoggerProvider(Create(setup, s.GetRequiredService<IRedactor>()), dispose: true));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("MassTransit", LogLevel.Warning)
            // Wrong tokens are logged once, with their address, where they are counted.
            .AddFilter(typeof(Http.ApiTokenScheme).FullName, LogLevel.Warning)
            // Its start failure is reported once, as a sentence, by whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
        return services;
    }

    private static Logger Create(GatewaySetup setup, IRedactor redactor)
    {
        var level = setup.Verbose ? LogEventLevel.Debug : Enum.Parse<LogEventLevel>(setup.Options.Logging.Level);

        // A command's own output is what its user wants to read; what a short-lived gateway does is in the file.
        var console = setup.Verbose || setup.Mode == GatewayMode.Gateway ? level : LogEventLevel.Error;
        var directory = Path.Combine(setup.DataDirectory, "logs");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .WriteTo.Sink(new ErrorStreamSink(new LogText(setup.Verbose ? Template(ConsoleLine + "{Exception}") : new BriefFailures(Template(ConsoleLine)), redactor)), console)
            .WriteTo.File(
                new LogText(Template(FileLine), redactor),
                Path.Combine(directory, "chatops-.log"),
                rollingInterval: RollingInterval.Day,
                fileSizeLimitBytes: setup.Options.Logging.FileMegabytes * Megabyte,
                rollOnFileSizeLimit: true,
                retainedFileCountLimit: setup.Options.Logging.KeepFiles,
                hooks: new LogFileMode())
            .CreateLogger();
    }

    private static MessageTemplateTextFormatter Template(string line) => new(line, CultureInfo.InvariantCulture);
}
