@echo off
rem Fathom's launcher for Windows: finds a JDK, builds on first use, runs. "fathom --help" tells the rest.
setlocal enabledelayedexpansion
set "root=%~dp0"
set "app=%root%cli\target\fathom"
set "wanted=25"
set "java="
set "version="
rem ONNX Runtime sends nothing; see docs/decisions/0016-nothing-is-sent.md.
set "ORT_DISABLE_TELEMETRY=1"

if defined JAVA_HOME call :accept "%JAVA_HOME%"
if not defined java for /f "delims=" %%j in ('where java 2^>nul') do if not defined java call :accept "%%~dpj.."
if not defined java for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do if not defined java call :accept "%%~d"
if not defined java (
    echo fathom: needs a JDK %wanted% or newer; none in JAVA_HOME, on the PATH or in the usual folders. 1>&2
    echo Install one ^(for example Temurin %wanted%^) and set JAVA_HOME to its folder. 1>&2
    exit /b 5
)

set "options=-XX:-UsePerfData -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED"
if not exist "%app%\lib\fathom.jar" (
    echo Building Fathom, once ^(mvn package; about two minutes, more on the first download^) ... 1>&2
    if not exist "%root%target" mkdir "%root%target"
    pushd "%root%"
    call mvn -B -ntp -q -DskipTests -Dspotless.check.skip=true -pl cli -am package > "%root%target\build.log" 2>&1
    if errorlevel 1 (
        popd
        type "%root%target\build.log" 1>&2
        echo fathom: the build failed; the log is %root%target\build.log 1>&2
        exit /b 5
    )
    popd
    del /q "%app%\start-*.aot" 2>nul
)
set "cache=%app%\start-%version%.aot"
if not exist "%cache%" (
    echo Preparing a fast start, once ... 1>&2
    "%java%" "-XX:AOTCacheOutput=%cache%" %options% -cp "%app%\lib\*" fathom.cli.Main warm-up > "%app%\warm-up.log" 2>&1
)
"%java%" "-XX:AOTCache=%cache%" "-Xlog:aot*=off" "-Xlog:cds*=off" %options% -cp "%app%\lib\*" fathom.cli.Main %*
exit /b %errorlevel%

rem Sets java and version if the JDK in folder %1 is recent enough.
:accept
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
for /f "usebackq tokens=1,2 delims==" %%a in ("%~1\release") do if "%%a"=="JAVA_VERSION" set "found=%%~b"
for /f "tokens=1 delims=.+-" %%m in ("%found%") do set "major=%%m"
if !major! geq %wanted% (
    set "java=%~1\bin\java.exe"
    set "version=%found%"
)
exit /b 0
