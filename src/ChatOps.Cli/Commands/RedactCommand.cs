using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using ChatOps.Secrets;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops redact</c>: the gateway's redactor as a filter. Needs no gateway and no state.</summary>
internal static class RedactCommand
{
    private const int PieceCharacters = 16 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var input = new Argument<string>("-") { Description = "Standard input; it may be left out.", DefaultValueFactory = _ => "-" };
        input.AcceptOnlyFromAmong("-");
        var command = new Command("redact", "Copy standard input to standard output with secrets replaced and control characters made inert.") { input };
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result).Json, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, bool json, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .BuildServiceProvider();
        var redactor = services.GetRequiredService<IRedactor>();
        return json ? await LinesAsync(context, redactor, cancellationToken) : await StreamAsync(context, redactor, cancellationToken);
    }

    private static async Task<int> StreamAsync(CliContext context, IRedactor redactor, CancellationToken cancellationToken)
    {
        var stream = redactor.OpenStream();
        var piece = new char[PieceCharacters];
        int read;
        while ((read = await context.Streams.Input.ReadAsync(piece, cancellationToken)) > 0)
            await WriteAsync(stream.Push(new string(piece, 0, read)));
        await WriteAsync(stream.Flush());
        return ExitCodes.Done;

        Task WriteAsync(string text) => context.Streams.Output.WriteAsync(redactor.Neutralise(text).AsMemory(), cancellationToken);
    }

    private static async Task<int> LinesAsync(CliContext context, IRedactor redactor, CancellationToken cancellationToken)
    {
        var exitCode = ExitCodes.Done;
        while (await context.Streams.Input.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0) continue;
            if (TextOf(line) is { } text)
            {
                await context.Streams.Output.WriteLineAsync(Json.Write(new { text = redactor.Neutralise(redactor.Redact(text)) }));
                continue;
            }

            // One answer a line, so that whoever sent many can tell which one was wrong.
            await context.Streams.Output.WriteLineAsync(Json.Write(new { error = "The line is not a JSON object with the text 'text'." }));
            exitCode = ExitCodes.Usage;
        }

        return exitCode;
    }

    private static string? TextOf(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
